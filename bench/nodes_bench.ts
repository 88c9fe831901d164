// The cost of one node, forward and backward, in graphs of 1,000 to 1,000,000 nodes. deno bench reports
// the time for the whole graph: divide it by the number of nodes.
import { Value } from "../mod.ts";

const w = new Value(0.25), b = new Value(-0.3);

/** A chain of `n` nodes: product, sum, relu, difference and tanh, over and over. */
function chain(n: number): Value {
  let x = new Value(0.5);
  for (let k = 0; k < n; k += 5) {
    x = x.mul(w).add(b);
    x = x.relu().sub(x).tanh();
  }
  return x;
}

for (const n of [1e3, 1e4, 1e5, 1e6]) {
  Deno.bench(`forward, ${n} nodes`, { group: "forward" }, () => {
    chain(n);
  });
  const output = chain(n);
  Deno.bench(`backward, ${n} nodes`, { group: "backward" }, () => {
    output.backward();
  });
}
