// The time of one training step of each contender in yardstick.ts.
import { contenders, moons } from "./yardstick.ts";

const problem = moons();
for (const [name, contender] of Object.entries(contenders)) {
  const step = contender(problem);
  Deno.bench(name, { group: "one step", baseline: name === "straight port of the lecture" }, () => {
    step();
  });
}
