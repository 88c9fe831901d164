// Where the numbers of compiled graphs are: in WebAssembly memory if there is a use for it, and room.
import { assert, assertEquals } from "@std/assert";
import { allocate, isInWasm } from "../../../engine/compile/memory.ts";
import { compile, Value } from "../../../mod.ts";
import { withWebAssembly } from "./with_web_assembly.ts";

Deno.test("allocate() has room for each number and its gradient, right behind it", () => {
  // A page of WebAssembly has 65,536 bytes, and a number and its gradient need 16.
  const lengths = [0, 1, 4096, 4097, 100_000];
  for (const [length, inWasm] of lengths.flatMap((n) => [[n, true], [n, false]] as const)) {
    const { data, gradients } = allocate(length, inWasm);
    assertEquals([isInWasm(data), isInWasm(gradients)], [inWasm, inWasm]);
    assertEquals([data.length, gradients.length], [length, length]);
    assert(data.every((x) => x === 0) && gradients.every((x) => x === 0));
    const all = new Float64Array(data.buffer);
    data.fill(1);
    gradients.fill(2);
    assertEquals(all.findIndex((x) => x !== 1), length || (all.length === 0 ? -1 : 0));
    assertEquals(all.lastIndexOf(2), 2 * length - 1);
  }
});

/** Memories of which a few can be made; then making one throws. */
function few(count: number, error: ErrorConstructor) {
  return class extends WebAssembly.Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      if (count-- <= 0) throw error("no more memory");
      super(descriptor);
    }
  };
}

/** A layer of five neurons, whose outputs differ. */
function layer() {
  const inputs = [1, 2, 3].map((x) => new Value(x));
  const parameters = Array.from({ length: 15 }, (_, k) => new Value(Math.sin(k)));
  const rows = [0, 3, 6, 9, 12].map((at) => parameters.slice(at, at + 3));
  const loss = Value.sum(rows.map((row) => Value.dot(row, inputs).tanh()));
  return { loss, options: { inputs, parameters, form: "loop" } as const };
}

Deno.test("without WebAssembly, or without room for its memories, loops compute the same", () => {
  const { loss, options } = layer();
  const kernel = compile(loss, options);
  assert(kernel.source.includes("wasm."), kernel.source);
  const { Instance } = WebAssembly;
  for (
    const instead of [undefined, ...[0, 1].map((n) => ({ Instance, Memory: few(n, TypeError) }))]
  ) {
    const plain = withWebAssembly(instead, () => compile(loss, options));
    assert(!plain.source.includes("wasm."), plain.source);
    kernel.gradients.fill(0);
    for (const x of [[1, 2, 3], [-3, 0, 0.5]]) {
      assertEquals(plain.backward(x), kernel.backward(x));
    }
    plain.gradients.forEach((g, k) => assert(Math.abs(g - kernel.gradients[k]) < 1e-14));
  }
  assert(compile(loss, options).source.includes("wasm."), "where it is allowed again");
});

Deno.test("loops share the parameters of lines, and lines those of loops", () => {
  const { loss, options } = layer();
  for (const form of ["lines", "loop"] as const) {
    const first = compile(loss, { ...options, form });
    const second = compile(loss, {
      ...options,
      form: form === "loop" ? "lines" : "loop",
      share: first,
    });
    first.parameters.fill(0.25);
    assertEquals(second.forward([1, 2, 3]), 5 * Math.tanh(1.5));
    second.backward([1, 2, 3]);
    const slope = 1 - Math.tanh(1.5) ** 2;
    assertEquals([...first.gradients].map((g, k) => Math.abs(g - slope * (k % 3 + 1)) < 1e-15), [
      ...Array(15).fill(true),
    ]);
  }
});

// Modules with a question mark are the same once more: with routines to compile, and no memory so far.
Deno.test("where WebAssembly is not allowed, or lacks what the routines need, arrays are ordinary", async () => {
  const fresh = await import("../../../engine/compile/memory.ts?without");
  const Module = class {
    constructor() {
      throw new WebAssembly.CompileError("invalid memory index");
    }
  };
  const { Memory } = WebAssembly;
  const plain = withWebAssembly({ Memory, Module }, () => fresh.allocate(3, true));
  assert(!fresh.isInWasm(plain.data));
  assertEquals([[...plain.data], [...plain.gradients]], [[0, 0, 0], [0, 0, 0]]);
});

Deno.test("graphs without matrices need no WebAssembly memory", () => {
  const { loss, options } = layer();
  const { inputs, parameters } = options, [x] = inputs, [w] = parameters;
  const share = compile(loss, options);
  let tried = 0;
  class Memory {
    constructor() {
      tried++;
    }
  }
  withWebAssembly({ Memory }, () => {
    for (const form of ["lines", "loop"] as const) {
      const kernel = compile(w.mul(x).tanh(), { inputs: [x], parameters: [w], form });
      assertEquals(kernel.parameters.buffer.byteLength, 16);
      compile(w.mul(x).tanh(), { inputs: [x], parameters, form, share });
    }
  });
  assertEquals(tried, 0);
});

Deno.test("allocate() does not try again when there is no room, and has at most 10,000 memories", async () => {
  const { Module } = WebAssembly, { FinalizationRegistry } = globalThis;
  let oneIsGone = () => {}, registered = 0;
  globalThis.FinalizationRegistry = class<T> extends FinalizationRegistry<T> {
    constructor(callback: (held: T) => void) {
      super(callback);
      oneIsGone = () => callback(undefined as T);
    }
    override register(memory: WeakKey, held: T) {
      registered++;
      super.register(memory, held);
    }
  };
  const full = await import("../../../engine/compile/memory.ts?full");
  globalThis.FinalizationRegistry = FinalizationRegistry;
  let tried = 0;
  class Memory extends few(2, RangeError) {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      tried++;
      super(descriptor);
    }
  }
  const made = withWebAssembly(
    { Module, Memory },
    () => [1, 2, 3, 4, 5].map((length) => full.allocate(length, true).data),
  );
  assertEquals(made.map(full.isInWasm), [true, true, false, false, false]);
  assertEquals([tried, registered], [3, 2]);
  oneIsGone();
  withWebAssembly({ Module, Memory }, () => [1, 2].map((length) => full.allocate(length, true)));
  assertEquals(tried, 4);

  const many = await import("../../../engine/compile/memory.ts?many");
  class Small {
    buffer = new ArrayBuffer(16);
  }
  const all = withWebAssembly(
    { Module, Memory: Small },
    () => Array.from({ length: 10_001 }, () => many.allocate(1, true).data),
  );
  assertEquals(all.map(many.isInWasm).indexOf(false), 10_000);
});
