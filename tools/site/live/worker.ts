/**
 * The worker that runs the cells of a page, one at a time, with what a lesson finds in a notebook:
 * `Deno.jupyter`, `console`, and the modules that it imports.
 *
 * @module
 */
import type { Data, Output } from "../../nbformat.ts";
import { type Cell, CellSyntaxError, frameOf, readCell } from "./cell.ts";
import type { Failure, Report, Run } from "./messages.ts";

type Bundle = Record<string, unknown>;

const display = Symbol.for("Jupyter.display");
const scope: Record<string, unknown> = Object.create(null);
const cells = new Map<string, Cell>();
/** Loaded before a cell that may show an object. */
let inspecting: typeof import("./inspect.ts") | undefined;

function report(message: Report): void {
  (self as unknown as { postMessage(message: Report): void }).postMessage(message);
}

function show(output: Output): void {
  report({ type: "output", output });
}

function displayed(data: Data): Output {
  return { output_type: "display_data", data, metadata: {} };
}

function print(name: "stdout" | "stderr", args: unknown[]): void {
  const plain = args.length === 1 || !String(args[0]).includes("%");
  const text = plain && args.every((arg) => typeof arg === "string")
    ? args.join(" ")
    : inspecting!.format(args);
  show({ output_type: "stream", name, text: `${text}\n` });
}

async function bundleOf(thing: unknown): Promise<Bundle> {
  const method = (thing as { [display]?: () => Bundle | Promise<Bundle> } | null)?.[display];
  if (typeof method === "function") return await method.call(thing);
  inspecting ??= await import("./inspect.ts");
  return { "text/plain": inspecting.inspect(thing) };
}

/** As in Deno's kernel. */
const jupyter = {
  async display(thing: unknown, { raw = false } = {}) {
    show(displayed(raw ? thing as Bundle : await bundleOf(thing)));
  },
  broadcast(
    type: string,
    content: { data: Data; transient?: { display_id?: string } },
  ) {
    const output = displayed(content.data), id = content.transient?.display_id;
    if (type === "display_data") report({ type: "output", output, display: id });
    if (type === "update_display_data" && id) report({ type: "update", output, display: id });
    return Promise.resolve();
  },
};

Object.assign(globalThis, {
  Deno: {
    jupyter,
    noColor: true,
    inspect: (thing: unknown) => inspecting!.inspect(thing),
    stdout: { isTerminal: () => false },
  },
});
for (const name of ["log", "info", "debug"] as const) {
  console[name] = (...args) => print("stdout", args);
}
for (const name of ["warn", "error"] as const) console[name] = (...args) => print("stderr", args);
// Lessons wait for another thread of the kernel. There is none here, and most servers do not let pages
// share memory.
if (!("SharedArrayBuffer" in globalThis)) {
  Object.assign(globalThis, { SharedArrayBuffer: ArrayBuffer });
  Atomics.wait = () => "timed-out";
}
Object.assign(Error, { stackTraceLimit: 100 });

/** What a cell imports: the same modules as in a notebook, as they were when the page was made. */
async function load(specifier: string, ...names: string[]): Promise<Bundle> {
  const [, path] = /^(?:\.\.\/)+(.*?)(?:\.ts)?$/.exec(specifier) ?? [];
  const refuse = (why: string) => new Error(`${why}: a page has only what its lesson imports`);
  // Packages are there by their names, those that a lesson imports.
  if (!path && !/^@?[a-z][\w./-]*$/.test(specifier)) {
    throw refuse(`a page cannot import "${specifier}"`);
  }
  const url = new URL(`../engine/${path ?? `packages/${specifier}`}.js`, import.meta.url);
  const module = await import(url.href).catch(() => {
    throw refuse(`there is no "${specifier}" here`);
  });
  const missing = names.find((name) => !(name in module));
  if (missing) throw new SyntaxError(`"${specifier}" has no export named ${missing}`);
  return module;
}

/** The same, but the module of plots is loaded when one is drawn: all its functions are asynchronous. */
function loadLazily(specifier: string, ...names: string[]): Promise<Bundle> {
  if (!/^(\.\.\/)+lessons\/plot\.ts$/.test(specifier)) return load(specifier, ...names);
  const later = (name: string) => async (...args: unknown[]) => {
    const { [name]: draw } = await load(specifier, name);
    return await (draw as (...args: unknown[]) => unknown)(...args);
  };
  return Promise.resolve(Object.fromEntries(names.map((name) => [name, later(name)])));
}

/** Declares a cell's names: none can be read before it is set, and a constant is set only once. */
function declare(declared: Cell["declared"]): void {
  for (const [name, { constant }] of declared) {
    Object.defineProperty(scope, name, {
      get() {
        throw new ReferenceError(`Cannot access '${name}' before initialization`);
      },
      set(value) {
        const property = { value, writable: !constant, enumerable: true, configurable: true };
        Object.defineProperty(scope, name, property);
      },
      configurable: true,
    });
  }
}

function failureOf(error: unknown, file: string): Failure {
  if (error instanceof CellSyntaxError) {
    return { message: `SyntaxError: ${error.message}`, place: { file, ...error.position } };
  }
  if (!(error instanceof Error)) return { message: `Uncaught ${String(error)}` };
  const text = error.message
    .replace(/^Cannot assign to read only property '(.*?)' of .*$/, "$1 is a constant")
    // As readCell() writes the call of a name.
    .replace(/\(0 , ([\w$]+)\)/g, "$1");
  const message = `${error.name}: ${text}`;
  const frame = frameOf(error.stack ?? "");
  const cell = frame && cells.get(frame.file);
  if (!cell) return { message };
  return { message, place: { file: frame.file, ...cell.position(frame, error.message) } };
}

async function run({ file, source }: Run): Promise<void> {
  try {
    if (/\b(console|Deno)\b/.test(source)) inspecting ??= await import("./inspect.ts");
    const cell = readCell(source, file);
    cells.set(file, cell);
    declare(cell.declared);
    const result = await (0, eval)(cell.code)(scope, loadLazily);
    if (result !== undefined) {
      const data = await bundleOf(result);
      show({ output_type: "execute_result", data, metadata: {}, execution_count: null });
    }
    report({ type: "done" });
  } catch (error) {
    report({ type: "failed", failure: failureOf(error, file) });
  }
}

self.onmessage = ({ data }: MessageEvent<Run>) => run(data);
self.onunhandledrejection = (event: PromiseRejectionEvent) => {
  event.preventDefault();
  report({ type: "failed", failure: failureOf(event.reason, "") });
};
self.onerror = (event) => {
  const { error, message } = event as ErrorEvent;
  report({ type: "failed", failure: error ? failureOf(error, "") : { message } });
  return true;
};
