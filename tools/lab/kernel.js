// What runs in a kernel before its first cell. Its text is sent by lab.py, as one silent cell.
{
  // Only what computes can be interrupted by a message. What waits is interrupted by this signal: with
  // its timers goes the last thing that could settle what the cell awaits, and when V8 has collected
  // that, the kernel ends the cell. A kernel that computes does not notice the signal.
  if (Deno.build.os !== "windows") {
    Deno.addSignalListener("SIGWINCH", () => {
      const newest = Number(setTimeout(() => {}));
      for (let timer = 1; timer <= newest; timer++) clearTimeout(timer);
      gc();
    });
  }
}
