// The engine as one JavaScript file, bundled for browsers and run by Node: it needs no Deno.
// Needs permissions, `deno bundle` and `node`: deno test -A tests/system/bundle.ts
import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { draw } from "../../mod.ts";
import { lessonGraph } from "../engine/lesson_graph.ts";

/** What someone who has the bundle and Node writes, and what it prints. */
const script = `
import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as engine from "./micro_grad.js";

const { compile, derivative, draw, explain, gradCheck, MLP, Random, SGD, Value } = engine;

assert.equal(typeof Deno, "undefined");
const a = new Value(2, { label: "a" }), b = new Value(-3, { label: "b" });
const c = new Value(10, { label: "c" }), f = new Value(-2, { label: "f" });
const e = a.mul(b), d = e.add(c), L = d.mul(f);
e.label = "e";
d.label = "d";
L.label = "L";
L.backward();
assert.deepEqual([L, d, f, c, e, a, b].map((v) => v.grad), [1, -2, 4, -2, -2, 6, -4]);
assert.equal(gradCheck((a, b) => a.tanh().pow(b), [2, -3]).length, 2);
assert.ok(Math.abs(derivative((x) => 3 * x ** 2 - 4 * x + 5, 3) - 14) < 1e-8);
const w = new Value(0.5), x = new Value(0);
const kernel = compile(x.mul(w).relu().tanh(), { inputs: [x], parameters: [w] });
assert.equal(kernel.backwardAll([[1], [2]]), Math.tanh(0.5) + Math.tanh(1));
assert.throws(() => a * b, /write a\\.mul\\(b\\)/);
assert.throws(() => a.add(undefined), /b is undefined, not a Value or a number/);
assert.throws(() => a.add(b, c), /write a\\.add\\(b\\): it was given 2 arguments/);
assert.throws(() => draw(3), /write draw\\(L\\): value is 3, not a Value/);
assert.throws(() => new Value(a), /write new Value\\(3\\): data is a Value, not a number/);
assert.throws(() => a.add(new Proxy(b, {})), /b is a Value of another copy .*, not a Value or a number/);
const { mul } = a;
assert.throws(() => mul(b), /write a\\.mul\\(b\\): it was called without the Value/);

// A minifier shortens the names of classes, which messages and console.log() read.
for (const [name, thing] of Object.entries(engine)) {
  if (String(thing).startsWith("class")) assert.equal(thing.name, name);
}
const network = new MLP(2, [1]);
assert.throws(() => draw(network), /value is an object of class MLP, not a Value/);
assert.throws(() => new MLP(2, [1], { random: 3 }), /random is 3, not a Random/);
assert.throws(() => new SGD([], { lr: 1 }), /write new SGD\\(/);
assert.match(inspect([network, new Random(1)], { depth: 5 }), /MLP \\{[^]*Layer \\{[^]*Neuron \\{[^]*Random \\{/);
for (const thing of [draw(L), explain(L, a)]) {
  assert.throws(() => draw(thing), /value is an object of class (Drawing|Explanation), not/);
}
class Own extends engine.Optimizer {}
assert.throws(() => new Own([], 1), /write new Own\\(/);

console.log(new Value(2));
console.log([L, a]);
console.log(\`\${a}\`);
console.log(draw(L).text);
await assert.rejects(draw(L).svg(), /svg\\(\\) needs Graphviz/); // it is not installed here
`;

const printed = `\
Value(data=2)
[ Value(data=-8, grad=1, label="L"), Value(data=2, grad=6, label="a") ]
Value(data=2, grad=6, label="a")
`;

async function run(command: string, args: string[], cwd: string): Promise<string> {
  const options = { args, cwd, env: { NO_COLOR: "1" } };
  const { success, stdout, stderr } = await new Deno.Command(command, options).output();
  assert(success, `${command} ${args.join(" ")}\n${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout);
}

Deno.test("the engine bundled as one file runs in Node", async (t) => {
  const root = join(import.meta.dirname!, "..", "..");
  const folder = await Deno.makeTempDir();
  try {
    const bundle = `${folder}/micro_grad.js`;
    const flags = [
      "--frozen",
      "--platform=browser",
      "--external=@viz-js/viz",
      `--output=${bundle}`,
    ];
    await run(Deno.execPath(), ["bundle", ...flags, "mod.ts"], root);

    await t.step(
      "it imports nothing but Graphviz, and that only when asked for a picture",
      async () => {
        const code = (await Deno.readTextFile(bundle)).replaceAll(/^\s*(\/\/|\/?\*).*$/gm, "");
        assert(!/^\s*import\b/m.test(code), "a static import");
        assert(!/\bfrom\s*["']/.test(code), "a static import or export from elsewhere");
        assertEquals(code.match(/\bimport\(.*?\)/g), ['import("@viz-js/viz")']);
        assert(!/\bDeno\s*(\?\.|[.[;])/.test(code), "a Deno API");
      },
    );

    await Deno.writeTextFile(`${folder}/script.mjs`, script);
    for (const minified of [false, true]) {
      await t.step(
        `Node computes the gradients and prints the Values${minified ? ", minified" : ""}`,
        async () => {
          const { L } = lessonGraph();
          L.backward();
          if (minified) {
            await run(Deno.execPath(), ["bundle", ...flags, "--minify", "mod.ts"], root);
          }
          const output = await run("node", ["script.mjs"], folder);
          assertEquals(output.slice(0, printed.length), printed);
          assertEquals(output.slice(printed.length), `${draw(L).text}\n`);
        },
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
