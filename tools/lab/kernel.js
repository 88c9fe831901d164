// Runs in every kernel before the first cell: lab.py sends it.
{
  // An interrupt message stops computations only. This signal interrupts a cell that waits for a timer:
  // without the timer nothing refers to the promise that the cell awaits, so V8 collects it, and the
  // kernel ends the cell.
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGWINCH", () => {
      const newest = Number(setTimeout(() => {}));
      for (let timer = 1; timer <= newest; timer++) clearTimeout(timer);
      gc();
    });
  }
}
