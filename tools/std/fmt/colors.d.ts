// The declarations of @std/fmt/colors that this project uses; see ../assert/mod.d.ts.

export function bgBlue(str: string): string;
export function bgYellow(str: string): string;
export function black(str: string): string;
export function bold(str: string): string;
export function cyan(str: string): string;
export function dim(str: string): string;
export function green(str: string): string;
export function italic(str: string): string;
export function magenta(str: string): string;
export function red(str: string): string;
export function setColorEnabled(value: boolean): void;
export function stripAnsiCode(string: string): string;
export function yellow(str: string): string;
