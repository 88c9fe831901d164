import type { Equivalent } from "../mutants.ts";

export const tools: readonly Equivalent[] = [];
