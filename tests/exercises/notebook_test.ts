// What an exercise prints in a notebook. `Deno.jupyter` stands in for the kernel.
import { assertEquals } from "@std/assert";

Object.defineProperty(globalThis, "Deno", {
  value: Object.create(Deno, { jupyter: { value: {} } }),
});
const { exercise } = await import("../../exercises/checks/check.ts");

Deno.test("exercise() in a notebook prints no heading, waits for the kernel and starts no thread", () => {
  const lines: unknown[] = [], { log } = console, { wait } = Atomics, { Worker } = globalThis;
  let waits = 0;
  console.log = (line) => lines.push(line);
  Atomics.wait = () => ++waits > 0 ? "timed-out" : "ok";
  globalThis.Worker = class {
    constructor() {
      throw new Error("another thread");
    }
  } as never;
  try {
    const check = exercise("03_chain_rule", { a: () => {}, b: () => {} });
    check({ a: 1 });
    assertEquals(waits, 1);
    check({ b: 1 });
  } finally {
    Object.assign(console, { log });
    Object.assign(Atomics, { wait });
    Object.assign(globalThis, { Worker });
  }
  assertEquals(lines, ["  ✓ a", "  ✓ b", "\n  2 of 2 · Next: 04_backpropagation.ipynb\n"]);
});
