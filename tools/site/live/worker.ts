/**
 * The worker that runs the cells of a page: a {@link Kernel} with the globals of Deno's.
 *
 * @module
 */
import { Kernel, loader } from "./kernel.ts";
import type { Report, Run } from "./messages.ts";

const kernel = new Kernel(
  (message) => (self as unknown as { postMessage(message: Report): void }).postMessage(message),
  loader((path) => import(new URL(`../engine/${path}`, import.meta.url).href)),
);

Object.assign(globalThis, { Deno: { jupyter: kernel.jupyter, inspect: kernel.inspect } });
for (const name of ["log", "info", "debug"] as const) {
  console[name] = (...args) => kernel.print("stdout", args);
}
for (const name of ["warn", "error"] as const) {
  console[name] = (...args) => kernel.print("stderr", args);
}
// Lessons wait for another thread of the kernel. There is none here, and most servers do not let pages
// share memory.
if (!("SharedArrayBuffer" in globalThis)) {
  Object.assign(globalThis, { SharedArrayBuffer: ArrayBuffer });
  Atomics.wait = () => "timed-out";
}
Object.assign(Error, { stackTraceLimit: 100 });

self.onmessage = ({ data }: MessageEvent<Run>) => kernel.run(data);
self.onunhandledrejection = (event: PromiseRejectionEvent) => {
  event.preventDefault();
  kernel.uncaught(event.reason);
};
self.addEventListener("error", (event) => {
  event.preventDefault();
  kernel.uncaught(event.error);
});
