// Replace each todo(), save, and run: deno run exercises/03_chain_rule.ts
// deno-lint-ignore-file no-unused-vars

// %% [markdown]
// # Exercise 03 · The chain rule
//
// `L = (a + b) · (c · f)`, step by step: `d = a + b`, then `e = c · f`, then `L = d · e`. Each function is
// one step of the way back from L: it gets an upstream gradient, and returns the derivatives of L with
// respect to the two operands.

// %%
import { check, todo } from "../exercises/checks/03_chain_rule.ts";

// %% [markdown]
// ## 1 · `L = d · e`

// %%
/** [dL/dd, dL/de] */
function throughL(d: number, e: number, dL_dL: number): number[] {
  return todo();
}
check({ throughL });

// %% [markdown]
// ## 2 · `d = a + b`

// %%
/** [dL/da, dL/db] */
function throughD(a: number, b: number, dL_dd: number): number[] {
  return todo();
}
check({ throughD });

// %% [markdown]
// ## 3 · `e = c · f`

// %%
/** [dL/dc, dL/df] */
function throughE(c: number, f: number, dL_de: number): number[] {
  return todo();
}
check({ throughE });

// %% [markdown]
// ## 4 · The whole way back
//
// All seven derivatives of L, from these three functions.

// %%
/** { L: dL/dL, d: dL/dd, e: dL/de, a: …, b: …, c: …, f: … } */
function derivatives(a: number, b: number, c: number, f: number): Record<string, number> {
  const d = a + b, e = c * f;
  return todo();
}
check({ derivatives });

// %% [markdown]
// ## 5 · One step
//
// Move each input by `size` times its derivative, all four at once. What is L then?

// %%
function stepped(a: number, b: number, c: number, f: number, size: number): number {
  const { a: da, b: db, c: dc, f: df } = derivatives(a, b, c, f);
  return todo();
}
check({ stepped });
