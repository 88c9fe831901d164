/**
 * Counts V8's deoptimisations while a small GPT trains: a function that is optimised and deoptimised
 * again and again makes everything slow, and no test fails.
 *
 * `deno run -A bench/deoptimisations.ts` prints the functions, and fails if one of them is deoptimised
 * more than a few times.
 *
 * @module
 */

/** The limit for one function: during warm-up V8 learns the types of its arguments. */
const most = 20;

const training = `
  import { contenders, letterSoup } from "${import.meta.resolve("./gpt.ts")}";
  for (const name of ["Value with dot and sum", "compiled"]) {
    const step = contenders[name](letterSoup());
    for (let k = 0; k < 300; k++) step();
  }
`;

/** How often each function was deoptimised, most often first. */
async function countDeoptimisations(): Promise<[name: string, count: number][]> {
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
    console.error(`a function was deoptimised more than ${most} times`);
    Deno.exit(1);
  }
}
