import type { Equivalent } from "./type.ts";

export const tools: readonly Equivalent[] = [];
