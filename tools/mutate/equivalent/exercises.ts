import type { Equivalent } from "./type.ts";

/** What an answer is tried with, by the exercise in whose check it is declared. */
const tried: Readonly<Record<string, readonly string[]>> = {
  "00_derivative": ["anywhere", "holes.flat.inputs"],
  "01_value": ["pairs", "…"],
  "02_rate_of_change": ["h", "cases"],
  "03_chain_rule": [
    "three",
    "four",
    "holes.throughL.inputs",
    "holes.throughD.inputs",
    "holes.throughE.inputs",
  ],
  "04_backpropagation": [
    "others",
    "graphs",
    "doublings.value",
    "chain.value",
    "counted",
    "holes.passOn.inputs",
  ],
  "05_engine": ["pairs", "singles", "exponents", "others", "graphs", "a", "b"],
  "06_neuron": ["holes.gradients.weights", "holes.gradients.inputs", "holes.line.inputs"],
  "07_descent": ["xs", "holes.update.inputs"],
  "08_network": ["sizes", "seed"],
  "09_two_moons": [
    "holes.rateAt.inputs",
    "moons",
    "known",
    "unseen",
    "start",
  ],
  "10_compile": ["pairs", "cases", "graphs", "others", "d", "holes.localCode.inputs"],
  "11_gpt": [
    "probabilities",
    "holes.sample.inputs",
  ],
};

/** Of these, what is computed. Each mutant has been tried: the others are noticed. */
const computed: typeof tried = {
  "00_derivative": ["parabola", "cube", "nudges"],
  "01_value": ["graphs"],
  "02_rate_of_change": ["expression", "squares", "points", "holes.predict.inputs"],
  "03_chain_rule": ["holes.stepped.inputs"],
  "05_engine": ["readme", "knot"],
  "06_neuron": ["cases"],
  "07_descent": [
    "parabola",
    "wave",
    "holes.descend.inputs",
    "holes.loss.inputs",
    "holes.train.inputs",
  ],
  "08_network": ["shapes", "networks"],
  "09_two_moons": ["holes.loss.inputs", "holes.accuracy.inputs", "holes.train.inputs"],
  "11_gpt": [
    "holes.softmax.inputs",
    "holes.crossEntropy.inputs",
    "holes.rmsNorm.inputs",
    "holes.attention.inputs",
    "holes.causal.inputs",
  ],
};

const why = (name: string) =>
  "an answer may be tried with anything that tells it from each mistake that is known, as " +
  `tests/exercises/${name}_test.ts sees`;

export const exercises: readonly Equivalent[] = [
  ...[tried, computed].flatMap((declarations) =>
    Object.entries(declarations).flatMap(([name, list]) =>
      list.map((within) => ({
        why: why(name),
        file: `exercises/checks/${name}.ts`,
        within,
        computed: declarations === computed,
      }))
    )
  ),
  ...[["check", "most"], ["check", "limited.calls"], ["04_backpropagation", "limit"], [
    "04_backpropagation",
    "looks",
  ]].map((
    [name, within],
  ) => ({
    why: "a loop counts as endless after any number of calls that no right answer needs",
    file: `exercises/checks/${name}.ts`,
    within,
  })),
  {
    why: "a loop counts as endless after any number of calls that no right answer needs",
    file: "exercises/checks/04_backpropagation.ts",
    within: "Node.operands",
    before: "if (++looks > limit)",
    becomes: ["if (++looks >= limit)"],
  },
  ...["nodes", "holes.passOn.wrapped"].map((within) => ({
    why: "a loop counts as endless after any number of calls that no right answer needs",
    file: "exercises/checks/04_backpropagation.ts",
    within,
    before: "looks = 0;",
    becomes: ["looks = 1;"],
  })),
  {
    why: "any length may count as too long to be read",
    file: "exercises/checks/04_backpropagation.ts",
    within: "readable",
  },
  {
    why: "any length may count as too long to be read",
    file: "exercises/checks/04_backpropagation.ts",
    within: "requireOrder.labels",
    before:
      'const labels = found.length < readable ? `: [${found.map((node) => node?.label || "?").join(", ")}]` : ` has ${found.length.toLocaleString("en")} nodes`;',
    becomes: [
      'const labels = found.length <= readable ? `: [${found.map((node) => node?.label || "?").join(", ")}]` : ` has ${found.length.toLocaleString("en")} nodes`;',
    ],
  },
  {
    why: "training may take any time that it does not need",
    file: "exercises/checks/09_two_moons.ts",
    within: "check",
  },
  {
    why:
      "what is close to the right number is free to be chosen: the margin itself may count or not",
    file: "exercises/checks/check.ts",
    within: "guess",
    before: "if (all((x, y) => Math.abs(x - y) <= 0.01 * Math.max(1, Math.abs(x))))",
    becomes: ["if (all((x, y) => Math.abs(x - y) < 0.01 * Math.max(1, Math.abs(x))))"],
  },
  {
    why: "both lists that are compared are sorted in the same way",
    file: "exercises/checks/check.ts",
    within: "guess.sorted",
    before: "const sorted = (things: unknown) => flat([things]).sort((x, y) => x - y);",
    becomes: ["const sorted = (things: unknown) => flat([things]).sort((x, y) => y - x);"],
  },
  {
    why: "any number below 0 says that no input has failed",
    file: "exercises/checks/check.ts",
    within: "like.k",
    before: "let k = -1;",
    becomes: ["let k = -2;"],
  },
  {
    why: "in a terminal, it is a hundredth of a second slower",
    file: "exercises/checks/check.ts",
    within: "say",
    before: "if (notebook)",
    becomes: ["if (true)"],
  },
  {
    why:
      "an exercise that its editor writes in several steps is run once or twice, sooner or later",
    file: "tools/exercises.ts",
    within: "watch",
    before: "clearTimeout(timer);",
    becomes: [";"],
  },
  {
    why:
      "it waits a tenth of a second so that an editor can finish: shorter and longer are as good",
    file: "tools/exercises.ts",
    within: "pause",
  },
  {
    why: "an exercise has at least three holes, as its test sees",
    file: "tools/exercises.ts",
    within: "done",
    before: "const done = ({ right, holes }: Standing) => holes > 0 && right === holes;",
    becomes: ["const done = ({ right, holes }: Standing) => holes > 1 && right === holes;"],
  },
  {
    why: "a sum and a product are the same in either order",
    file: "exercises/checks/03_chain_rule.ts",
    within: "through",
    before: "operation(a, b).backward();",
    becomes: ["operation(b, a).backward();"],
  },
  {
    why: "parameters are updated one by one: their order makes no difference",
    file: "exercises/checks/09_two_moons.ts",
    within: "trained",
    before: "train([a, b], limited(() => a.sub(3).pow(2).add(b.add(1).pow(2)).mul(0.2)), steps);",
    becomes: [
      "train([b, a], limited(() => a.sub(3).pow(2).add(b.add(1).pow(2)).mul(0.2)), steps);",
    ],
  },
  {
    why: "other parameters are as good to try a network with",
    file: "exercises/checks/08_network.ts",
    within: "made",
    before: "network.parameters().forEach((p) => p.data = random.normal(0, 0.5));",
    becomes: [
      "network.parameters().forEach((p) => p.data = random.normal(1, 0.5));",
      "network.parameters().forEach((p) => p.data = random.normal(0.5, 0));",
      "network.parameters().forEach((p) => p.data = random.normal(0, 1.5));",
    ],
  },
  {
    why: "a product is the same in either order",
    file: "exercises/checks/10_compile.ts",
    within: "code.*",
    before: '"*": (a, b) => `${a} * ${b}`',
    becomes: ['"*": (a, b) => `${b} * ${a}`'],
  },
  {
    why: "other random numbers are as good to try an answer with",
    file: "exercises/checks/check.ts",
    within: "random",
    before: "const random = new Random(14);",
    becomes: [
      "const random = new Random(0);",
      "const random = new Random(15);",
    ],
  },
  {
    why: "other random numbers are as good to try an answer with",
    file: "exercises/checks/check.ts",
    within: "numbers",
    before:
      "return Array.from({ length: count }, () => Math.round(random.uniform(-50, 50)) / 10 || 1) as T;",
    becomes: [
      "return Array.from({ length: count }, () => Math.floor(random.uniform(-50, 50)) / 10 || 1) as T;",
      "return Array.from({ length: count }, () => Math.round(random.uniform(50, -50)) / 10 || 1) as T;",
      "return Array.from({ length: count }, () => Math.round(random.uniform(-50, 50)) / 10 || 2) as T;",
    ],
  },
  {
    why: "of the scores of a network the first alone is read",
    file: "exercises/checks/09_two_moons.ts",
    within: "ours.network",
    before: 'const network = new MLP(2, [16, 16, 1], { activation: "tanh" });',
    becomes: ['const network = new MLP(2, [16, 16, 2], { activation: "tanh" });'],
  },
  {
    why: "the learning rate is set before each step",
    file: "exercises/checks/09_two_moons.ts",
    within: "ours.optimizer.lr",
  },
];
