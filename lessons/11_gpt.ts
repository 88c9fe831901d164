// Lesson 11. Run it with `deno run lessons/11_gpt.ts`.
import source from "./11_gpt.ts" with { type: "text" };
import { teller } from "./tell.ts";
const tell = teller(source); // prints the story so far; a notebook shows it by itself

// %% [markdown]
// # 11 · A GPT
//
// Can a network of our `Value`s invent a name that nobody gave it? This lesson builds a **GPT**, a
// generative pre-trained transformer: the kind of network behind the language models that people talk
// to, only smaller. It has 4,192 parameters, reads 1,000 names, and then makes up names of its own.
//
// *Generative* means that it makes text, *pre-trained* that it learns from plain text before it is used for
// anything else, and *transformer* is the name of this kind of network.
//
// Its shape and its settings are those of Andrej Karpathy's
// [microgpt](https://gist.github.com/karpathy/8627fe009c40f57531cb18360106ce95). Several of its
// parts are new, but the operations in them are not. We build each part, try it on
// numbers that we can follow, and then put them all in one function.

// %%
tell();
import { AdamW, compile, type Kernel, Random, Value } from "../mod.ts";
import text from "../lessons/names.txt" with { type: "text" };
import { heatMap, plot } from "../lessons/plot.ts";
import { agree, print, progress, table } from "../lessons/show.ts";

// %% [markdown]
// ## The data
//
// 32,033 first names, one a line, from the public [statistics of the US Social Security
// Administration](https://www.ssa.gov/oact/babynames/), in the selection that Karpathy's
// [makemore](https://github.com/karpathy/makemore) made popular. We shuffle them, with a seed, so that
// you see the same order as we do.

// %%
tell();
const random = new Random(42);
const names = random.shuffle(text.trim().split("\n"));

const known = new Set(names);
print(
  `${names.length} names, ${known.size} different:`,
  `${names.slice(0, 8).join(", ")}, …`,
);

// %% [markdown]
// ## From letters to numbers
//
// A network computes with numbers, so each letter gets one: `a` is 0, `z` is 25. Such a piece of text
// with a number is called a **token**. One more token, 26, marks where a name begins and where it ends;
// we write it as a dot.

// %%
tell();
const alphabet = "abcdefghijklmnopqrstuvwxyz.";
const mark = 26;

function tokensOf(name: string): number[] {
  const letters = [...name].map((letter) => alphabet.indexOf(letter));
  return [mark, ...letters, mark];
}

print(`emma → ${tokensOf("emma").join(" ")}`);

// %% [markdown]
// ## What is there to learn?
//
// One question, asked at each position in a name: *given the tokens so far, which one comes next?* From
// `.emma.` the network gets five of these: after `.` comes `e`, after `.e` comes `m`, …, and after
// `.emma` the name ends.
//
// An answer is not one token but a probability for each of the 27. How good is such an answer? Look at
// the probability $p$ that it gave to the actual next token. The loss at this position is $-\log p$: 0 if
// the answer was sure and right, large if the actual next token was thought unlikely. It is called
// **cross-entropy**. The loss of a name is the mean over its positions.
//
// Two answers need no network. Knowing nothing, give each token $1/27$. Or count pairs: of all tokens
// that follow an `m` in the data, what fraction are an `a`?

// %%
tell();
function mean(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number) / numbers.length;
}
const pairs = Array.from(alphabet, () => new Array<number>(27).fill(0));
for (const name of names) {
  const tokens = tokensOf(name);
  tokens.slice(1).forEach((next, k) => pairs[tokens[k]][next]++);
}
const counted = pairs.map((row) => row.reduce((sum, n) => sum + n));
function lossByCounting(name: string): number {
  const tokens = tokensOf(name);
  return mean(
    tokens.slice(1).map((next, k) => {
      return -Math.log(pairs[tokens[k]][next] / counted[tokens[k]]);
    }),
  );
}
const counting = mean(names.map(lossByCounting));

await table({
  answer: ["1/27 for each", "counted, after each letter"],
  "mean loss": [Math.log(27), counting],
}, { digits: 4 });

// %% [markdown]
// So a loss near $\log 27 \approx 3.2958$ means that the network knows nothing. Counting gets to
// 2.46, with the last letter alone.
//
// ## From scores to probabilities
//
// The last layer of a network gives a score for each token, any number at all. Such scores are called
// **logits**. **Softmax** makes probabilities of them: take $e$ to the power of each, so that all are
// positive, and divide by their sum, so that they add up to 1.
//
// $$\text{softmax}(x)_k = \frac{\exp(x_k)}{\sum_j \exp(x_j)}$$

// %%
tell();
function softmax(scores: Value[]): Value[] {
  const powers = scores.map((score) => score.exp());
  const sum = Value.sum(powers);
  return powers.map((power) => power.div(sum));
}
const scores = [new Value(1), new Value(0), new Value(2)];
const probabilities = softmax(scores);

await table({
  score: scores.map(({ data }) => data),
  "e to its power": scores.map((score) => score.exp().data),
  softmax: probabilities.map(({ data }) => data),
}, { digits: 4 });

// %% [markdown]
// Say the last of the three comes next. The loss is $-\log$ of its probability, and the algebra gets
// shorter:
//
// $$-\log \left(\frac{\exp(x_t)}{\sum_j \exp(x_j)}\right) = \log \sum_j \exp(x_j) \;-\; x_t$$
//
// The first part is an operation of its own in `mod.ts`, `Value.logSumExp`: it subtracts
// the largest score from all of them first, so that no power overflows.
//
// What is the gradient of a score? The derivative of the first part with respect to $x_k$ is
// $\exp(x_k)$ over the sum, which is the probability of $k$ again. The second part subtracts 1 for the
// actual next token. So the gradient is the *probability minus the target*: minus 1 for the actual next
// token, minus 0 for the others.

// %%
tell();
function crossEntropy(logits: Value[], logitOfNext: Value): Value {
  return Value.logSumExp(logits).sub(logitOfNext);
}
const lossOfThree = crossEntropy(scores, scores[2]);
lossOfThree.backward();
const actual = [0, 0, 1];
const byFormula = probabilities.map(({ data }, k) => data - actual[k]);

const minusLog = -Math.log(probabilities[2].data);
print(`cross-entropy:           ${lossOfThree.data.toFixed(6)}`);
print(`−log of the probability: ${minusLog.toFixed(6)}`);
await table({
  "by backward()": scores.map(({ grad }) => grad),
  "probability − (1 if actual)": byFormula,
  agree: scores.map(({ grad }, k) => agree(grad, byFormula[k], 1e-12)),
}, { digits: 6 });

// %% [markdown]
// ## The parameters
//
// All are matrices, lists of rows. We make them first and say what each is for when we get there. They
// begin at random, near 0.

// %%
tell();
function newWeights(random: Random) {
  const near0 = () => new Value(random.normal(0, 0.08));
  const row = (length: number) => Array.from({ length }, near0);
  const matrix = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => row(columns));
  return {
    token: matrix(16, 27),
    position: matrix(16, 16),
    query: matrix(16, 16),
    key: matrix(16, 16),
    value: matrix(16, 16),
    output: matrix(16, 16),
    expand: matrix(64, 16),
    contract: matrix(16, 64),
    logits: matrix(27, 16),
  };
}
type Weights = ReturnType<typeof newWeights>;
const weights = newWeights(random);
const parameters = Object.values(weights).flat(2);

const matrices = Object.values(weights);
await table({
  matrix: Object.keys(weights),
  rows: matrices.map((rows) => rows.length),
  columns: matrices.map(([row]) => row.length),
  parameters: matrices.map((rows) => rows.length * rows[0].length),
});
print(`${parameters.length} parameters together`);

// %% [markdown]
// A matrix times a vector is a list of dot products, one for each row: a layer of neurons without bias.
// And we will need to add two vectors.

// %%
tell();
function linear(matrix: Value[][], x: Value[]): Value[] {
  return matrix.map((row) => Value.dot(row, x));
}
function add(a: Value[], b: Value[]): Value[] {
  return a.map((value, k) => value.add(b[k]));
}
const vector = (...numbers: number[]) => numbers.map((n) => new Value(n));
function read(values: Value[]): string {
  return values.map(({ data }) => data.toFixed(4)).join("  ");
}
const product = linear([vector(1, 2), vector(3, 4)], vector(10, 100));

print(`(1 2; 3 4) times (10, 100) is ${read(product)}`);

// %% [markdown]
// ## Embeddings: what a letter means
//
// The number of a token says nothing: `b` is not twice `a`. So each token gets a list of 16 numbers, its
// **embedding**, and these are parameters: training decides what they are. They are the columns of
// `token`. Each of the 16 positions in a name has an embedding, too: the rows of
// `position`. The sum of the two says which letter this is, and where.

// %%
tell();
function lookUp(weights: Weights, token: number): Value[] {
  return weights.token.map((row) => row[token]);
}
const firstM = add(lookUp(weights, 12), weights.position[2]);
const secondM = add(lookUp(weights, 12), weights.position[3]);

print(`m at position 2: ${read(firstM.slice(0, 5))}  …`);
print(`m at position 3: ${read(secondM.slice(0, 5))}  …`);

// %% [markdown]
// ## RMSNorm: keep numbers in range
//
// Sums and products of many numbers grow, or shrink to nothing, layer after layer. **RMSNorm** divides a
// vector by the root of the mean of its squares (root mean square, RMS). Then its numbers are about 1 in
// size, whatever they were before; only their ratios remain. The 0.00001 is there for a vector of zeros.
//
// $$\text{rmsNorm}(x)_k = \frac{x_k}{\sqrt{\text{mean}(x^2) + 0.00001}}$$

// %%
tell();
function rmsNorm(x: Value[]): Value[] {
  const size = Value.dot(x, x).div(x.length).add(0.00001).sqrt();
  return x.map((value) => value.div(size));
}

print(`   (3, 4) becomes ${read(rmsNorm(vector(3, 4)))}`);
print(`(300, 400) becomes ${read(rmsNorm(vector(300, 400)))}`);

// %% [markdown]
// ## Attention: looking back
//
// What comes after `.emm` depends on more than the last `m`. **Attention** brings the letters before it
// in. At each position, three matrices make three vectors:
//
// - a **query**: what this position looks for;
// - a **key**: what it has to offer;
// - a **value**: what later positions get from it.
//
// The dot product of a query and a key is large where they point the same way: that is the score. Softmax
// turns the scores of all positions so far into **attention weights**, which add up to 1, and the result is
// the mean of the values with these weights. No position looks ahead: what comes next is the question.
//
// By hand, with vectors of four numbers and three positions. The scores are divided by $\sqrt 4 = 2$, the
// root of the length, since a longer dot product is larger merely because it has more terms.
//
// $$
// \begin{aligned}
// \text{query} &= (2, 0, 0, 2) \\
// \text{scores} &= (2, 0, 4) / 2 = (1, 0, 2) \\
// \text{weights} &= \text{softmax}(1, 0, 2) = (0.2447, 0.0900, 0.6652) \\
// \text{result} &= 0.2447 \cdot \text{value}_1 + 0.0900 \cdot \text{value}_2 + 0.6652 \cdot \text{value}_3
// \end{aligned}
// $$

// %%
tell();
function attend(query: Value[], keys: Value[][], values: Value[][]) {
  const root = Math.sqrt(query.length);
  const scores = keys.map((key) => Value.dot(query, key).div(root));
  const weights = softmax(scores);
  const column = (k: number) => values.map((value) => value[k]);
  const result = values[0].map((_, k) => Value.dot(weights, column(k)));
  return { weights, result };
}
const looked = attend(
  vector(2, 0, 0, 2),
  [vector(1, 0, 0, 0), vector(0, 1, 1, 0), vector(1, 0, 0, 1)],
  [vector(10, 0), vector(0, 10), vector(10, 10)],
);

print(`weights: ${read(looked.weights)}`);
print(`result:  ${read(looked.result)}`);

// %% [markdown]
// The first number of the result is $0.2447 \cdot 10 + 0.6652 \cdot 10 = 9.0997$: mostly the value
// of the third position, and a little of the first.
//
// ## Several heads
//
// What comes next may depend on several things at once: whether the last letter was a vowel, how the name
// begins. So the 16 numbers are split into four times four, and each four looks back by itself: four
// **heads**. Their results, one after the other, are 16 numbers again, and `output` mixes them.
//
// The keys and values of the positions so far are kept in `past`, so that each is worked out once.

// %%
tell();
interface Past {
  keys: Value[][];
  values: Value[][];
  attention: Value[][][];
}
function lookBack(weights: Weights, x: Value[], past: Past): Value[] {
  const query = linear(weights.query, x);
  past.keys.push(linear(weights.key, x));
  past.values.push(linear(weights.value, x));
  const heads = [0, 4, 8, 12].map((start) => {
    const own = (vector: Value[]) => vector.slice(start, start + 4);
    return attend(own(query), past.keys.map(own), past.values.map(own));
  });
  past.attention.push(heads.map(({ weights }) => weights));
  return linear(weights.output, heads.flatMap(({ result }) => result));
}
const past: Past = { keys: [], values: [], attention: [] };
lookBack(weights, rmsNorm(firstM), past);
lookBack(weights, rmsNorm(secondM), past);

const [, ofSecond] = past.attention;

print("weights of the second m, in each of the four heads:");
print(`itself:         ${read(ofSecond.map(([, itself]) => itself))}`);
print(`the one before: ${read(ofSecond.map(([before]) => before))}`);

// %% [markdown]
// ## The residual stream
//
// What attention finds is *added* to the vector that went in: $x + \text{lookBack}(\text{rmsNorm}(x))$.
// So the embedding is still there, and each part of the network only writes its contribution on top, as
// into a stream that flows through. It is called the **residual stream**.
//
// It matters on the way back, too. The local derivative of $x + f(x)$ is $1 + f'(x)$: however little $f$
// does, the gradient gets through. Ten layers in a row, each with the slope 0.1:

// %%
tell();
function tenLayers(layer: (x: Value) => Value): number {
  const x = new Value(1);
  let y = x;
  for (let k = 0; k < 10; k++) y = layer(y);
  y.backward();
  return x.grad;
}

print(`0.1 · x:      ${tenLayers((x) => x.mul(0.1)).toExponential(2)}`);
print(`x + 0.1 · x:  ${tenLayers((x) => x.add(x.mul(0.1))).toFixed(4)}`);

// %% [markdown]
// ## The network, whole
//
// Attention brings vectors of several positions together. What follows happens at each position by
// itself: two layers as in lesson 08, `expand` to 64 neurons with relu, `contract` back to 16. The
// result is added to the stream again. Each part reads the stream through `rmsNorm`, which brings the
// vector into range. At the end, `logits` gives 27 scores, one for each token that might come next.
//
// This is all of it:

// %%
tell();
function predict(
  weights: Weights,
  embedding: Value[],
  past: Past,
): Value[] {
  let x = rmsNorm(embedding);
  x = add(x, lookBack(weights, rmsNorm(x), past));
  const hidden = linear(weights.expand, rmsNorm(x)).map((n) => n.relu());
  x = add(x, linear(weights.contract, hidden));
  return linear(weights.logits, x);
}
function meanLoss(
  weights: Weights,
  embeddings: Value[][],
  logitOfNext: (logits: Value[], position: number) => Value,
): Value {
  const past: Past = { keys: [], values: [], attention: [] };
  const losses = embeddings.map((embedding, position) => {
    const x = add(embedding, weights.position[position]);
    const logits = predict(weights, x, past);
    return crossEntropy(logits, logitOfNext(logits, position));
  });
  return Value.sum(losses).div(losses.length);
}
function lossOf(weights: Weights, tokens: number[]): Value {
  const embeddings = tokens.slice(0, -1)
    .map((token) => lookUp(weights, token));
  const logitOfNext = (logits: Value[], k: number) => logits[tokens[k + 1]];
  return meanLoss(weights, embeddings, logitOfNext);
}
const loss = lossOf(weights, tokensOf("emma"));

const nodes = loss.topologicalOrder().length;
print(`emma: loss ${loss.data.toFixed(4)}, a graph of ${nodes} nodes`);

// %% [markdown]
// 3.27 is about what knowing nothing costs, 3.30. Is its gradient right? One parameter of each matrix,
// nudged:

// %%
tell();
loss.backward();
function nudged(parameter: Value, h = 1e-5): number {
  const { data } = parameter;
  const [more, less] = [data + h, data - h].map((nudge) => {
    parameter.data = nudge;
    return lossOf(weights, tokensOf("emma")).data;
  });
  parameter.data = data;
  return (more - less) / (2 * h);
}
const samples = Object.values(weights).map((rows) => rows[2][4]);
const nudges = samples.map((parameter) => nudged(parameter));

await table({
  matrix: Object.keys(weights),
  "by backward()": samples.map(({ grad }) => grad),
  "by nudging": nudges,
  agree: samples.map(({ grad }, k) => agree(grad, nudges[k], 1e-8)),
}, { digits: 8 });

// %% [markdown]
// ## Inventing a name
//
// Begin with the mark. Ask for the logits, make probabilities of them, draw one token at random, and go
// on from there until the mark comes up again. (To draw one, lay the probabilities end to end, from 0
// to 1, and see which of them a random number falls into.) That is all that a language model does when
// it writes: **sampling**.
//
// How likely should an unlikely letter be? Divide the logits by a **temperature** first. Below 1 it
// makes large probabilities larger: safer names. Above 1 it evens them out: wilder ones.

// %%
tell();
const warmed = (temperature: number) =>
  softmax(vector(1, 0, 2).map((score) => score.div(temperature)));

print(`(1, 0, 2) at temperature 0.5: ${read(warmed(0.5))}`);
print(`                         at 1: ${read(warmed(1))}`);
print(`                         at 2: ${read(warmed(2))}`);

// %%
tell();
function invent(
  weights: Weights,
  random: Random,
  temperature = 0.5,
): string {
  const past: Past = { keys: [], values: [], attention: [] };
  const tokens = [mark];
  while (tokens.length <= 16) {
    const position = tokens.length - 1;
    const embedding = lookUp(weights, tokens[position]);
    const x = add(embedding, weights.position[position]);
    const scaled = predict(weights, x, past)
      .map((logit) => logit.div(temperature));
    let left = random.uniform();
    const probabilities = softmax(scaled);
    const next = probabilities.findIndex(({ data }) => {
      left -= data;
      return left < 0;
    });
    if (next === mark) break;
    tokens.push(next);
  }
  return tokens.slice(1).map((token) => alphabet[token]).join("");
}
function twentyNames(): string[] {
  const random = new Random(3);
  return Array.from({ length: 20 }, () => invent(weights, random));
}

print("Twenty names before training:", twentyNames().join(", "));

// %% [markdown]
// ## Adam: a step of its own for each parameter
//
// One name a step: the gradient of a single name is a noisy guess at the gradient of all. And some
// parameters (those of the letter `q`) get a gradient once in a while, others at each step. Plain steps of
// rate · gradient are a poor fit for either. **Adam** (Kingma and Ba, 2014) keeps two running averages for
// each parameter:
//
// - the mean $m$ of its gradient, so that noise in it cancels: $m \leftarrow 0.85\, m + 0.15\, g$
// - the mean $v$ of its square, so that its size is known: $v \leftarrow 0.99\, v + 0.01\, g^2$
//
// and moves the parameter by $\text{rate} \cdot m / \sqrt{v}$: against the mean gradient, in units of its
// usual size. Both averages begin at 0, which makes them too small at first; dividing by $1 - 0.85^t$ and
// $1 - 0.99^t$ after $t$ steps corrects that.

// %%
tell();
function adamMoves(gradients: number[], rate = 0.01): number[] {
  let m = 0, v = 0;
  return gradients.map((g, k) => {
    m = 0.85 * m + 0.15 * g;
    v = 0.99 * v + 0.01 * g ** 2;
    const mean = m / (1 - 0.85 ** (k + 1));
    const square = v / (1 - 0.99 ** (k + 1));
    return -rate * mean / (Math.sqrt(square) + 1e-8);
  });
}

await table({
  step: [1, 2, 3, 4, 5, 6],
  "gradient 1": adamMoves([1, 1, 1, 1, 1, 1]),
  "gradient 0.001": adamMoves([1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3]),
  "now 1, now −1": adamMoves([1, -1, 1, -1, 1, -1]),
  "1, then none": adamMoves([1, 0, 0, 0, 0, 0]),
}, { digits: 6 });

// %% [markdown]
// A large gradient and a small one move a parameter equally far, by the learning rate. One that keeps
// changing its sign moves it much less, from the second step on. After a single gradient of 1 the
// parameter goes on moving, by less each time: the mean fades, it does not end at once.
//
// `AdamW` of `mod.ts` is these lines for a whole list of parameters, with **weight decay**: each step also
// takes a fraction off every parameter, which keeps them small, as L2 does (lesson 09). With
// `weightDecay: 0` it is Adam.
//
// ## Compiled
//
// The training takes a thousand such gradients. Lesson 10 wrote a graph down as code. Can this graph be
// compiled, too? Its shape depends on how long the name is: one kernel for each length. But which letters
// there are must be an *input*, and `lookUp` picks a column by its number, which is no arithmetic. Or is
// it? A vector that is 1 at one position and 0 elsewhere is called **one-hot**. A matrix times a one-hot
// vector is a column:

// %%
tell();
const matrix = [vector(1, 2, 3), vector(4, 5, 6)];
print(`the second column: ${read(linear(matrix, vector(0, 1, 0)))}`);

// %% [markdown]
// And the dot product of a one-hot vector with the logits is the logit of that token. So the letters
// become inputs, 27 for each. The rest of the network stays as it is. All kernels share one list of
// parameters and one of gradients.

// %%
tell();
function compiled(length: number, share?: Kernel): Kernel {
  const oneHots = Array.from(
    { length },
    () => Array.from(alphabet, () => new Value(0)),
  );
  const embeddings = [
    lookUp(weights, mark),
    ...oneHots.map((oneHot) => linear(weights.token, oneHot)),
  ];
  const logitOfNext = (logits: Value[], k: number) =>
    k < length ? Value.dot(oneHots[k], logits) : logits[mark];
  const loss = meanLoss(weights, embeddings, logitOfNext);
  return compile(loss, { inputs: oneHots.flat(), parameters, share });
}
const beganToCompile = performance.now();
const shared = compiled(names[0].length);
const kernels = new Map([[names[0].length, shared]]);
const trainingNames = names.slice(0, 1000);
for (const { length } of trainingNames) {
  if (!kernels.has(length)) kernels.set(length, compiled(length, shared));
}
const toCompile = performance.now() - beganToCompile;
print(`${kernels.size} kernels of ${parameters.length} parameters`);

// %% [markdown]
// ## Training
//
// 1,000 names, one a step, with a learning rate that falls from 0.01 to 0 in a straight line. First a
// hundred steps with Values, then all thousand with the kernels, from the same start.

// %%
tell();
async function train(
  moved: Value[] | Kernel,
  names: string[],
  gradient: (tokens: number[]) => number,
): Promise<number[]> {
  const losses: number[] = [];
  const tenth = Math.ceil(names.length / 10);
  const pieces = Math.floor(names.length / tenth);
  const optimizer = new AdamW(moved, {
    betas: [0.85, 0.99],
    weightDecay: 0,
  });
  for (let k = 0; k < names.length; k++) {
    optimizer.lr = 0.01 * (1 - k / trainingNames.length);
    optimizer.zeroGrad();
    losses.push(gradient(tokensOf(names[k])));
    optimizer.step();
    if ((k + 1) % tenth === 0) {
      const [count, loss] = [Math.min(100, k + 1), recent(losses, k)];
      const text = `mean loss of ${count} names ${loss.toFixed(4)}`;
      await progress((k + 1) / tenth, pieces, text);
    }
  }
  return losses;
}
function recent(losses: number[], k: number): number {
  return mean(losses.slice(Math.max(0, k - 99), k + 1));
}
const began = performance.now();
const hundred = trainingNames.slice(0, 100);
const lossesOfValues = await train(parameters, hundred, (tokens) => {
  const loss = lossOf(weights, tokens);
  loss.backward();
  return loss.data;
});
const msAsValues = (performance.now() - began) / hundred.length;

// %% [markdown]
// Kernels compute with numbers of their own. They still hold what the parameters were when we compiled, so
// they begin at the same start, and Adam moves these numbers directly. At the end `writeBack()` copies them
// to the Values.

// %%
tell();
const beganAgain = performance.now();
const losses = await train(shared, trainingNames, (tokens) => {
  const letters = tokens.slice(1, -1);
  const oneHots = new Float64Array(27 * letters.length);
  letters.forEach((token, k) => oneHots[27 * k + token] = 1);
  return kernels.get(letters.length)!.backward(oneHots);
});
shared.writeBack();
const msCompiled = (performance.now() - beganAgain) / trainingNames.length;

const steps = [1, 2, 3, 10, 100].filter((step) => step <= hundred.length);
const [byValues, byKernels] = [lossesOfValues, losses]
  .map((losses) => steps.map((step) => losses[step - 1]));
await table({
  step: steps,
  "loss, as Values": byValues,
  "loss, compiled": byKernels,
  agree: steps.map((_, k) => agree(byValues[k], byKernels[k], 1e-9)),
}, { digits: 12 });

// %% [markdown]
// The same losses. And the time, in milliseconds (ms), on the machine that this runs on:

// %% [measured]
tell();
await table({
  "": ["as Values", "compiled"],
  "ms for a step": [msAsValues, msCompiled],
  "ms to compile, once": ["", toCompile],
}, { digits: 1 });

// %% [markdown]
// That is a whole step, Adam's part included, which moves 4,192 numbers either way. And what has the
// network learned?

// %%
tell();
await plot({
  "mean of up to 100 names": losses.map((_, k) => recent(losses, k)),
  "counting pairs": () => counting,
}, {
  title: "The loss while the network is trained",
  labels: ["step", "loss"],
  y: [2.2, 3.4],
});

// %% [markdown]
// The loss begins where knowing nothing begins, and ends below counting pairs. Counting knew the last
// letter and nothing else; the network is also given the letters before it and the position. Which of
// the two helps, the curve does not say. What does it write now?

// %%
tell();
const invented = twentyNames();
const isNew = invented.filter((name) => !known.has(name));

print("Twenty names after training:", invented.join(", "));
print(`${isNew.length} of them are not in the data`);

// %% [markdown]
// ## What it looks at
//
// The attention weights of one head while the network reads `.isabella`. Each row is a position, named by
// its letter; it says how much of each position so far goes into its mean, in percent.

// %%
tell();
const reading: Past = { keys: [], values: [], attention: [] };
const letters = [...".isabella"];
letters.forEach((letter, k) => {
  const embedding = lookUp(weights, alphabet.indexOf(letter));
  predict(weights, add(embedding, weights.position[k]), reading);
});
const second = reading.attention.map((heads) => heads[1]);
await heatMap(second.map((weights) => weights.map(({ data }) => data)), {
  rows: letters,
  columns: letters,
  title: "What the second head looks at in .isabella",
});

// %% [markdown]
// In this head both `l` look mostly at the `e`, and `b` mostly at the `a` before it. Nobody wrote these
// rows down: they follow from the embeddings and from this head's four rows of `query` and of `key`,
// numbers that began at random and moved against their gradients.
//
// ## From here to the large ones
//
// The large ones are built to the same plan. The smallest GPT-2 (2019) has 12 blocks of attention and
// layers, one after the other along the same stream, each 768 wide with 12 heads. It reads up to 1,024
// tokens, each one of 50,257 pieces of words, and has 124 million parameters. In detail it differs: it
// has biases, LayerNorm in place of RMSNorm, and GELU, a smooth relu. The loss, the backward pass and
// the sampling are the same as here.
//
// The functions of this lesson are also in `lessons/gpt.ts`, without the story: the next lesson begins with
// them.
//
// ## Your turn
//
// 1. Which names does it invent at temperature 0.1, and at 2? Guess first. Run it:
//    `invent(weights, new Random(3), 2)`.
// 2. Leave out `weights.position` in `meanLoss`, and run it: how much higher is the mean loss of the
//    last 100 names? That is how much the position helped.
// 3. Train with `SGD` in place of `AdamW`, and run it with several rates. Which comes nearest to Adam?
// 4. Replace `names.txt` with a list of your own: cities, plants, stars. What must you change for more
//    letters than 26, or for more than 15 in a word?
// 5. Write the parts of a GPT: `exercises/11_gpt.ts`.
//
// Next: [12 · Tensors](12_tensors.ipynb), the same training, a whole matrix at a time.
