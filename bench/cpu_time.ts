import process from "node:process";

/**
 * The CPU time of this thread, in milliseconds. Unlike wall-clock time, it excludes what other programs
 * use, and V8's threads that compile and collect garbage.
 */
export function cpuTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
