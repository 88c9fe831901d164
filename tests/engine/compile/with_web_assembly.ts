/** What `f` returns while `WebAssembly` is replaced. */
export function withWebAssembly<T>(value: unknown, f: () => T): T {
  const descriptor = Object.getOwnPropertyDescriptor(globalThis, "WebAssembly")!;
  Object.defineProperty(globalThis, "WebAssembly", { ...descriptor, value });
  try {
    return f();
  } finally {
    Object.defineProperty(globalThis, "WebAssembly", descriptor);
  }
}
