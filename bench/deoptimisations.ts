/**
 * Counts how often V8 throws machine code away while a small GPT trains: a function that is compiled,
 * and thrown away, again and again makes everything slow, and no test fails.
 *
 * `deno run -A bench/deoptimisations.ts` prints the functions, and ends in an error where one of them is
 * thrown away more than a few times.
 *
 * @module
 */

/** What one function may do: while it warms up, V8 learns with which types it is called. */
const most = 20;

const training = `
  import { contenders, letterSoup } from "${import.meta.resolve("./gpt.ts")}";
  for (const name of ["Value with dot and sum", "compiled"]) {
    const step = contenders[name](letterSoup());
    for (let k = 0; k < 300; k++) step();
  }
`;

/** How often each function was thrown away, most often first. */
export async function countDeoptimisations(): Promise<[name: string, count: number][]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--v8-flags=--trace-deopt", training],
    stderr: "inherit",
  }).output();
  const counts = new Map<string, number>();
  const text = new TextDecoder().decode(stdout);
  for (
    const [, name] of text.matchAll(/bailout \(kind.*?deoptimizing 0x\w+ <JSFunction (\S*?)[ >]/g)
  ) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one);
}

if (import.meta.main) {
  const counts = await countDeoptimisations();
  for (const [name, count] of counts) console.log(`${count} × ${name || "(anonymous)"}`);
  if (counts.some(([, count]) => count > most)) {
    console.error(`one function was thrown away more than ${most} times`);
    Deno.exit(1);
  }
}
