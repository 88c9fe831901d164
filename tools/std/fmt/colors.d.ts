export function bold(str: string): string;
export function cyan(str: string): string;
