import type { Equivalent } from "../mutants.ts";

export const lessons: readonly Equivalent[] = [];
