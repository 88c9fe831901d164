// Tries the laws of tests/engine/properties.ts on random graphs that no one has tried before, until the
// time is up or a law is broken.
import { parseArgs } from "node:util";
import { check, laws } from "./properties.ts";

const { values: options } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string" } },
});
const first = options.seed === undefined
  ? crypto.getRandomValues(new Int32Array(1))[0]
  : Number(options.seed);
const end = performance.now() + 1000 * Number(options.seconds);
if (!Number.isInteger(first) || !(end > 0)) {
  throw new Error("write deno task properties --seconds 60 --seed 1, with numbers");
}

console.log(`from seed ${first} on`);
let graphs = 0;
for (let seed = first; performance.now() < end; seed++) {
  for (const law of laws) {
    const runs = Math.ceil(law.runs / 20);
    check(law, { seed, runs });
    graphs += runs;
  }
}
console.log(`${laws.length} laws hold on ${graphs} graphs`);
