/**
 * Wrong answers that people give: the exercise, the hole, what stands in it instead of
 * `return todo();`, and a piece of the hint that they must get.
 *
 * @module
 */
export type WrongAnswer = readonly [exercise: string, hole: string, code: string, hint: string];

export const wrongAnswers: readonly WrongAnswer[] = [
  ["00_derivative", "slope", "return f(x + h) - f(x);", "Divide it by the run"],
  ["00_derivative", "slope", "return f(x + h) - f(x) / h;", "division comes before the minus"],
  ["00_derivative", "slope", "return (f(x) - f(x + h)) / h;", "sign is the wrong way round"],
  ["00_derivative", "slope", "return 14.003;", "the same for every input"],
  ["00_derivative", "slope", "(f(x + h) - f(x)) / h;", "is `return` missing?"],
  [
    "00_derivative",
    "slope",
    "return (f(x + H) - f(x)) / H;",
    "It throws ReferenceError: H is not defined",
  ],
  [
    "00_derivative",
    "slope",
    "return ((f(x + h) - f(x)) / h).toFixed(3);",
    "returns a string, and should return a number",
  ],
  ["00_derivative", "slope", "return slope(f, x, h);", "until the stack is full"],
  ["00_derivative", "central", "return (f(x + h) - f(x - h)) / h;", "the run is 2h"],
  ["00_derivative", "central", "return (f(x + h) - f(x - h)) / 2 * h;", "write / (2 * h)"],
  ["00_derivative", "central", "return slope(f, x, h);", "Step to both sides"],
  ["00_derivative", "slopeOfCubic", "return x ** 2 - 6 * x;", "You forgot the 3"],
  ["00_derivative", "slopeOfCubic", "return 3 * x ** 2 - 6 * x + 2;", "its derivative is 0"],
  [
    "00_derivative",
    "slopeOfCubic",
    "return slope((x) => x ** 3 - 3 * x ** 2 + 2, x, 0.001);",
    "Close, but not exact",
  ],
  ["00_derivative", "flat", "return b / (2 * a);", "The sign"],
  ["00_derivative", "flat", "return -b / 2 * a;", "write / (2 * a)"],
  ["00_derivative", "flat", "return 2 / 3;", "the same for every input"],
  ["00_derivative", "flat", "return (b - b) / (c - c);", "NaN"],

  [
    "01_value",
    "add",
    'return new Value(this.data + other.data, [], "+");',
    "does not know its operands",
  ],
  [
    "01_value",
    "add",
    'return new Value(this.data + other.data, [this, other], "*");',
    "third argument",
  ],
  ["01_value", "add", "return this.data + other.data;", "a plain number, which remembers nothing"],
  ["01_value", "add", "this.data += other.data; return this;", "return a new Value"],
  [
    "01_value",
    "mul",
    'return new Value(this.data + other.data, [this, other], "*");',
    "That is the sum",
  ],
  [
    "01_value",
    "mul",
    'return new Value(this.data * other.data, [other, this], "*");',
    "in the wrong order",
  ],
  [
    "01_value",
    "mul",
    'return new Value(this.data * other.data, [new Value(this.data), other], "*");',
    "no copies",
  ],
  [
    "01_value",
    "sub",
    "return new Value(this.data - other.data);",
    "does not know what it was made of",
  ],
  [
    "01_value",
    "sub",
    'return new Value(this.data - other.data, [this, other], "-");',
    "add and mul alone",
  ],
  ["01_value", "sub", "return other.add(this.mul(new Value(-1)));", "other − this"],
  ["01_value", "sub", "return this.add(other.mul(-1));", "NaN"],
  ["01_value", "written", "return String(value.data);", "Write how it was made"],
  [
    "01_value",
    "written",
    "return value.op ? value.operands.map(written).join(` ${value.op} `) : String(value.data);",
    "brackets are missing",
  ],
  ["01_value", "written", "return value.data;", "returns a number, and should return a string"],
  [
    "01_value",
    "countNodes",
    "return value.operands.reduce((sum, operand) => sum + countNodes(operand), 1);",
    "counted twice",
  ],
  ["01_value", "countNodes", "return 1 + value.operands.length;", "Right before, but not here."],
  ["01_value", "countNodes", "return 1 + new Set(value.operands).size;", "Operands have operands"],

  [
    "02_rate_of_change",
    "rate",
    "return (f(inputs.map((x) => x + h)) - f(inputs)) / h;",
    "all inputs at once",
  ],
  [
    "02_rate_of_change",
    "rate",
    "const before = f(inputs); inputs[k] += h; return (f(inputs) - before) / h;",
    "changes the list",
  ],
  ["02_rate_of_change", "rate", "return f(inputs.with(k, inputs[k] + h)) - f(inputs);", "by h"],
  [
    "02_rate_of_change",
    "gradient",
    "return inputs.map(() => rate(f, inputs, 0, h));",
    "first input",
  ],
  [
    "02_rate_of_change",
    "gradient",
    "return [rate(f, inputs, 0, h)];",
    "a list of 1, and should return one of 4",
  ],
  [
    "02_rate_of_change",
    "gradient",
    "return rate(f, inputs, 0, h);",
    "returns a number, and should return a list",
  ],
  [
    "02_rate_of_change",
    "predict",
    "return rates.reduce((sum, r, k) => sum + r * steps[k], 0);",
    "It starts from L",
  ],
  ["02_rate_of_change", "predict", "return L + rates[0] * steps[0];", "the changes add up"],
  [
    "02_rate_of_change",
    "predict",
    "return rates.reduce((L, r, k) => L - r * steps[k], L);",
    "The sign",
  ],
  ["02_rate_of_change", "nudged", "return value.data + h;", "at the end"],
  [
    "02_rate_of_change",
    "nudged",
    "return value === node ? value.data + h : value.data;",
    "must reach the result",
  ],
  ["02_rate_of_change", "nudged", "return value.data;", "Nothing was nudged"],

  ["03_chain_rule", "throughL", "return [e, d];", "times the upstream gradient is missing"],
  ["03_chain_rule", "throughL", "return [d * dL_dL, e * dL_dL];", "swap the two"],
  ["03_chain_rule", "throughL", "return [e + dL_dL, d + dL_dL];", "not added"],
  ["03_chain_rule", "throughL", "return [-e * dL_dL, -d * dL_dL];", "sign is the wrong way round"],
  ["03_chain_rule", "throughD", "return [1, 1];", "times the upstream gradient is missing"],
  ["03_chain_rule", "throughD", "return [b * dL_dd, a * dL_dd];", "rule of a product"],
  ["03_chain_rule", "throughD", "return [dL_dd / 2, dL_dd / 2];", "does not divide it"],
  ["03_chain_rule", "throughE", "return [dL_de, dL_de];", "1 in a sum only"],
  ["03_chain_rule", "throughE", "return [f, c];", "times the upstream gradient is missing"],
  ["03_chain_rule", "throughE", "return [f * dL_de];", "a list of 1, and should return one of 2"],
  [
    "03_chain_rule",
    "derivatives",
    `const [dd, de] = throughL(d, e, 0), [da, db] = throughD(a, b, dd), [dc, df] = throughE(c, f, de);
     return { L: 0, d: dd, e: de, a: da, b: db, c: dc, f: df };`,
    "With 0, nothing arrives",
  ],
  [
    "03_chain_rule",
    "derivatives",
    `const [dd, de] = throughL(d, e, 1), [da, db] = throughD(a, b, de), [dc, df] = throughE(c, f, de);
     return { L: 1, d: dd, e: de, a: da, b: db, c: dc, f: df };`,
    "what arrives there is dL/dd",
  ],
  [
    "03_chain_rule",
    "derivatives",
    "const [dd, de] = throughL(d, e, 1); return { L: 1, d: dd, e: de };",
    "a is missing in the object",
  ],
  ["03_chain_rule", "stepped", "return (a + b) * (c * f);", "before the step"],
  [
    "03_chain_rule",
    "stepped",
    "return (a - size * da + b - size * db) * ((c - size * dc) * (f - size * df));",
    "against the gradient",
  ],
  [
    "03_chain_rule",
    "stepped",
    "return (a + b) * c * f + size * (da * da + db * db + dc * dc + df * df);",
    "what the gradient predicts",
  ],
  [
    "04_backpropagation",
    "passOn",
    "node.operands.forEach((operand, k) => operand.grad = node.localDerivatives[k] * node.grad);",
    "`=` wipes out",
  ],
  [
    "04_backpropagation",
    "passOn",
    "node.operands.forEach((operand, k) => operand.grad += node.localDerivatives[k]);",
    "upstream gradient, node.grad, is missing",
  ],
  [
    "04_backpropagation",
    "passOn",
    "new Set(node.operands).forEach((o) => o.grad += node.localDerivatives[node.operands.indexOf(o)] * node.grad);",
    "an operand twice",
  ],
  ["04_backpropagation", "passOn", "const done = true;", "No operand has changed"],
  [
    "04_backpropagation",
    "order",
    "return [...node.operands, node];",
    "It throws ReferenceError: node is not defined",
  ],
  ["04_backpropagation", "order", "return [...output.operands, output];", "is missing"],
  [
    "04_backpropagation",
    "order",
    "return [...output.operands.flatMap(order), output];",
    "Skip a node that you have met",
  ],
  [
    "04_backpropagation",
    "order",
    `const met = new Set(), list = [];
     const visit = (node) => { if (!met.has(node)) { met.add(node); list.push(node); node.operands.forEach(visit); } };
     visit(output);
     return list;`,
    "It begins with the output",
  ],
  [
    "04_backpropagation",
    "order",
    `const list = [output];
     for (const node of list) for (const operand of node.operands) if (!list.includes(operand)) list.push(operand);
     return list.reverse();`,
    "comes before its operand",
  ],
  [
    "04_backpropagation",
    "order",
    "while (true) output.operands.forEach(() => {});",
    "It does not end",
  ],
  [
    "04_backpropagation",
    "backward",
    "for (const node of order(output).reverse()) passOn(node);",
    "begin with output.grad = 1",
  ],
  [
    "04_backpropagation",
    "backward",
    "output.grad = 1; for (const node of order(output)) passOn(node);",
    "reverse the order",
  ],
  [
    "04_backpropagation",
    "backward",
    "const visit = (node) => { passOn(node); node.operands.forEach(visit); }; output.grad = 1; visit(output);",
    "before its own gradient is complete",
  ],
  ["04_backpropagation", "longOrder", "return order(output);", "until the stack is full"],
  [
    "04_backpropagation",
    "longOrder",
    `const list = [], stack = [output];
     while (stack.length > 0) { const node = stack.pop(); list.push(node); stack.push(...node.operands); }
     return list.reverse();`,
    "Skip a node that you have met",
  ],
  [
    "04_backpropagation",
    "longOrder",
    `const stack = [output];
     while (stack.length > 0) stack.push(...stack.at(-1).operands, output);
     return stack;`,
    "It does not end",
  ],

  [
    "05_engine",
    "mul",
    "const b = Value.of(other); return new Value(this.data * b.data, [this, b], [this.data, b.data]);",
    "swap the two",
  ],
  [
    "05_engine",
    "mul",
    "const b = Value.of(other); return new Value(this.data * b.data, [this, b], [1, 1]);",
    "local derivatives of a sum",
  ],
  [
    "05_engine",
    "mul",
    "return new Value(this.data * other.data, [this, other], [other.data, this.data]);",
    "Value.of(other)",
  ],
  [
    "05_engine",
    "mul",
    "const b = Value.of(other); return new Value(this.data * b.data);",
    "does not know its operands",
  ],
  [
    "05_engine",
    "mul",
    "const b = Value.of(other); return new Value(this.data * b.data, [this, b], [b.data]);",
    "write one for each",
  ],
  [
    "05_engine",
    "pow",
    "return new Value(this.data ** n, [this], [this.data ** (n - 1)]);",
    "forgot the n in front",
  ],
  [
    "05_engine",
    "pow",
    "return new Value(this.data ** n, [this], [n * this.data ** n]);",
    "goes down by one",
  ],
  [
    "05_engine",
    "pow",
    "return new Value(this.data ** n, [this], [2 * this.data]);",
    "n is any number",
  ],
  [
    "05_engine",
    "sin",
    "return new Value(Math.sin(this.data), [this], [-Math.cos(this.data)]);",
    "The sign",
  ],
  [
    "05_engine",
    "sin",
    "const y = Math.sin(this.data); return new Value(y, [this], [y]);",
    "not its own derivative",
  ],
  [
    "05_engine",
    "sin",
    "const y = Math.sin(this.data); return new Value(y, [this], [Math.cos(y)]);",
    "not of the result",
  ],
  [
    "05_engine",
    "sin",
    "return new Value(Math.sin(this.data), [this]);",
    "1 operand and 0 local derivatives",
  ],
  [
    "05_engine",
    "tanh",
    "return new Value(Math.tanh(this.data), [this], [1 - this.data ** 2]);",
    "not of x",
  ],
  [
    "05_engine",
    "tanh",
    "const y = Math.tanh(this.data); return new Value(y, [this], [1 - y]);",
    "The square is missing",
  ],
  ["05_engine", "div", "return this.mul(1 / Value.of(other).data);", "does not know other"],
  ["05_engine", "div", "return Value.of(other).mul(this.pow(-1));", "That is b / a"],
  [
    "05_engine",
    "div",
    "const b = Value.of(other); return new Value(this.data / b.data, [this, b], [1 / b.data, this.data / b.data ** 2]);",
    "the sign is minus",
  ],
  [
    "05_engine",
    "backward",
    `const visit = (value) => value.operands.forEach((operand, k) => {
       operand.grad += value.localDerivatives[k] * value.grad;
       visit(operand);
     });
     this.grad = 1;
     visit(this);`,
    "before its own gradient is complete",
  ],
  [
    "05_engine",
    "backward",
    "this.grad = 1; this.operands.forEach((operand, k) => operand.grad += this.localDerivatives[k]);",
    "from the end of the order",
  ],
  [
    "05_engine",
    "backward",
    "this.operands.forEach((operand) => operand.backward());",
    "begin with this.grad = 1",
  ],
  [
    "06_neuron",
    "weightedSum",
    "return weights.map((w, k) => w.mul(inputs[k])).reduce((a, b) => a.add(b));",
    "The bias is missing",
  ],
  [
    "06_neuron",
    "weightedSum",
    "return weights.reduce((sum, w) => sum.add(w), bias);",
    "The inputs are missing",
  ],
  [
    "06_neuron",
    "weightedSum",
    "return weights.reduce((sum, w, k) => sum + w.data * inputs[k], bias.data);",
    "calculate with mul and add",
  ],
  [
    "06_neuron",
    "weightedSum",
    "return weights.reduce((sum, w, k) => sum.add(w.data * inputs[k]), bias);",
    "has forgotten them",
  ],
  ["06_neuron", "neuron", "return weightedSum(weights, inputs, bias);", "tanh is missing"],
  [
    "06_neuron",
    "neuron",
    "return weightedSum(weights, inputs, bias.mul(0)).tanh().add(bias);",
    "before tanh",
  ],
  ["06_neuron", "neuron", "return weightedSum(weights, inputs, bias).tanh;", "Return a Value"],
  ["06_neuron", "gradients", "return [...inputs, 1];", "derivative of tanh is missing"],
  [
    "06_neuron",
    "gradients",
    "return [...inputs, 1].map((x) => x * (1 - o));",
    "The square is missing",
  ],
  [
    "06_neuron",
    "gradients",
    "return inputs.map((x) => x * (1 - o * o));",
    "a list of 2, and should return one of 3",
  ],
  ["06_neuron", "line", "return (w1 * x1 + b) / w2;", "The sign"],
  ["06_neuron", "line", "return -w1 * x1 / w2;", "The bias is missing"],
  ["06_neuron", "line", "return -w1 * x1 - b / w2;", "Brackets"],

  [
    "07_descent",
    "descend",
    "for (let k = 0; k < steps; k++) x += rate * slope(x); return x;",
    "uphill",
  ],
  ["07_descent", "descend", "return x - rate * slope(x);", "That is one step"],
  [
    "07_descent",
    "descend",
    "const s = slope(x); for (let k = 0; k < steps; k++) x -= rate * s; return x;",
    "work it out again",
  ],
  [
    "07_descent",
    "descend",
    "for (let k = 0; k < steps; k--) x -= rate * slope(x); return x;",
    "It does not end",
  ],
  [
    "07_descent",
    "loss",
    "return predictions.reduce((sum, p, k) => sum + (p - targets[k]) ** 2, 0);",
    "Divide it by how many",
  ],
  [
    "07_descent",
    "loss",
    "return predictions.reduce((sum, p, k) => sum + p - targets[k], 0) / targets.length;",
    "The square is missing",
  ],
  [
    "07_descent",
    "loss",
    "return predictions.reduce((sum, p, k) => sum + (p - target[k]) ** 2, 0);",
    "target is not defined",
  ],
  ["07_descent", "update", "for (const p of parameters) p.data += rate * p.grad;", "That goes up"],
  [
    "07_descent",
    "update",
    "for (const p of parameters) p.data =- rate * p.grad;",
    "`=-` is not `-=`",
  ],
  [
    "07_descent",
    "update",
    "parameters.map((p) => p.data - rate * p.grad);",
    "No parameter has moved",
  ],
  [
    "07_descent",
    "train",
    `const losses = [];
     for (let k = 0; k < steps; k++) { const l = forward(); l.backward(); update(parameters, rate); losses.push(l.data); }
     return losses;`,
    "are not set to 0",
  ],
  [
    "07_descent",
    "train",
    `const losses = [];
     for (let k = 0; k < steps; k++) {
       const l = forward();
       l.backward();
       parameters.forEach((p) => p.grad = 0);
       update(parameters, rate);
       losses.push(l.data);
     }
     return losses;`,
    "just before they are needed",
  ],
  [
    "07_descent",
    "train",
    "const losses = []; while (losses.length >= 0) { const l = forward(); l.backward(); losses.push(l); } return losses;",
    "It does not end",
  ],

  ["08_network", "layer", "return neurons.map((n) => neuron(n, inputs));", "squashes with tanh()"],
  [
    "08_network",
    "layer",
    "return neurons.map((n) => neuron(n, inputs).tanh());",
    "Only a hidden layer",
  ],
  ["08_network", "layer", "return neurons.map((n) => neuron(n, inputs).data);", "must hold Values"],
  [
    "08_network",
    "network",
    "return layers.reduce((x, neurons) => layer(neurons, x, true), inputs);",
    "The last layer is not hidden",
  ],
  [
    "08_network",
    "network",
    "return layers.reduce((x, neurons) => layer(neurons, x, false), inputs);",
    "they squash",
  ],
  [
    "08_network",
    "network",
    "return layer(layers[0], inputs, layers.length > 1);",
    "of the first layer",
  ],
  [
    "08_network",
    "parameters",
    "return layers.flat().flatMap(({ weights }) => weights);",
    "The biases are missing",
  ],
  [
    "08_network",
    "parameters",
    "return layers.flat().flatMap(({ weights, bias }) => [bias, ...weights]);",
    "after its weights",
  ],
  [
    "08_network",
    "inputsOf",
    "return sizes.map(() => inputs);",
    "Only the first layer gets the inputs",
  ],
  ["08_network", "inputsOf", "return sizes;", "the neurons of each layer"],
  [
    "08_network",
    "inputsOf",
    "sizes.pop(); sizes.unshift(inputs); return sizes;",
    "changes the list",
  ],
  [
    "08_network",
    "count",
    "return sizes.reduce((sum, size, k) => sum + size * inputsOf(inputs, sizes)[k], 0);",
    "has a bias, too",
  ],
  [
    "08_network",
    "count",
    "return sizes.reduce((sum, size, k) => sum + size * inputsOf(inputs, sizes)[k] + 1, 0);",
    "not one for each layer",
  ],
  [
    "09_two_moons",
    "loss",
    "return scores.map((s, k) => s.mul(-labels[k]).add(1).relu()).reduce((a, b) => a.add(b));",
    "That is the sum",
  ],
  [
    "09_two_moons",
    "loss",
    "return scores.map((s, k) => s.mul(-labels[k]).add(1)).reduce((a, b) => a.add(b)).mul(1 / scores.length);",
    "relu is missing",
  ],
  [
    "09_two_moons",
    "loss",
    "return scores.map((s, k) => s.mul(labels[k]).add(1).relu()).reduce((a, b) => a.add(b)).mul(1 / scores.length);",
    "The sign",
  ],
  [
    "09_two_moons",
    "loss",
    "return scores.reduce((sum, s, k) => sum + Math.max(0, 1 - labels[k] * s.data), 0);",
    "calculate with methods",
  ],
  [
    "09_two_moons",
    "accuracy",
    "return scores.filter((s, k) => s * labels[k] > 0).length;",
    "Divide by the number of scores",
  ],
  [
    "09_two_moons",
    "accuracy",
    "return scores.filter((s, k) => s === labels[k]).length / scores.length;",
    "only its sign counts",
  ],
  [
    "09_two_moons",
    "accuracy",
    "return scores.filter((s, k) => s * labels[k] >= 0).length / scores.length;",
    "on no side",
  ],
  ["09_two_moons", "rateAt", "return 1 - step / steps;", "not to 0"],
  ["09_two_moons", "rateAt", "return 1 - 0.9 * step;", "not at each"],
  [
    "09_two_moons",
    "train",
    "for (let k = 0; k < steps; k++) { forward().backward(); parameters.forEach((p) => p.data -= rateAt(k, steps) * p.grad); }",
    "are not set to 0",
  ],
  [
    "09_two_moons",
    "train",
    "for (let k = 0; k < steps; k++) { parameters.forEach((p) => p.grad = 0); forward().backward(); parameters.forEach((p) => p.data -= p.grad); }",
    "The rate does not fall",
  ],
  ["09_two_moons", "train", "for (;;) forward();", "It does not end"],
  [
    "09_two_moons",
    "twoMoons",
    `const layers = makeNetwork(2, [16, 16, 1], () => new Value(random()));
     return (point) => network(layers, point)[0].data;`,
    "Is it trained",
  ],
  [
    "09_two_moons",
    "twoMoons",
    `const layers = makeNetwork(2, [16, 16, 1], () => new Value(random()));
     return (point) => network(layers, point)[0];`,
    "the data of the score",
  ],
  [
    "09_two_moons",
    "twoMoons",
    "makeNetwork(2, [16, 16, 1], () => new Value(random()));",
    "is `return` missing?",
  ],

  ["10_compile", "operationCode", "return a + op + b;", "JavaScript cannot run this code"],
  [
    "10_compile",
    "operationCode",
    "return `${a} + ${b}`;",
    "JavaScript cannot run this code",
  ],
  [
    "10_compile",
    "operationCode",
    "return op === 'tanh' ? `tanh(${a})` : `${a} ${op} ${b}`;",
    "tanh is not defined",
  ],
  ["10_compile", "operationCode", "return a * b;", "return a string"],
  [
    "10_compile",
    "localCode",
    "return op === '+' ? '1' : op === '*' ? [a, b][k] : `(1 - ${y} * ${y})`;",
    "swap the two",
  ],
  [
    "10_compile",
    "localCode",
    "return op === '+' ? '1' : op === '*' ? [b, a][k] : `1 - ${y} * ${y}`;",
    "Brackets",
  ],
  [
    "10_compile",
    "localCode",
    "return op === '+' ? '1' : op === '*' ? [b, a][k] : `(1 - ${a} * ${a})`;",
    "made of the result y",
  ],
  ["10_compile", "localCode", "return op === '+' ? 1 : [b, a][k];", "return a string"],
  [
    "10_compile",
    "forward",
    "return order.map(({ data }, i) => `const v${i} = ${data};`);",
    "The numbers of the graph",
  ],
  [
    "10_compile",
    "forward",
    "return order.map((node, i) => `const v${i} = ${node.op ? operationCode(node.op, ...node.operands.map((o) => `v${order.indexOf(o)}`)) : node.data};`);",
    "The numbers of the graph",
  ],
  [
    "10_compile",
    "forward",
    "return order.map((node, i) => `v${i} = x[${i}];`);",
    "JavaScript cannot run this code",
  ],
  [
    "10_compile",
    "backward",
    "return order.map((_, i) => `let d${i} = 0;`);",
    "the last one begins with 1",
  ],
  [
    "10_compile",
    "backward",
    `const lines = order.map((_, i) => \`let d\${i} = \${i === order.length - 1 ? 1 : 0};\`);
     order.forEach((node, i) => node.operands.forEach((o, k) => {
       const [a, b] = node.operands.map((o) => \`v\${order.indexOf(o)}\`);
       lines.push(\`d\${order.indexOf(o)} += \${localCode(node.op, k, a, b, \`v\${i}\`)} * d\${i};\`);
     }));
     return lines;`,
    "from the last node back",
  ],
  ["10_compile", "compile", "return [];", "is no function"],
  [
    "10_compile",
    "compile",
    "return () => [output.data, ...inputs.map(() => 1)];",
    "with the numbers of the graph",
  ],
  [
    "10_compile",
    "compile",
    "const order = output.topologicalOrder(); return new Function('x', [...forward(order, inputs), `return [v${order.length - 1}];`].join(' '));",
    "a list of 1, and should return one of 3",
  ],

  [
    "11_gpt",
    "softmax",
    "const p = scores.map(Math.exp); const s = p.reduce((a, b) => a + b); return p.map((x) => x / s);",
    "exp(1000) is Infinity",
  ],
  [
    "11_gpt",
    "softmax",
    "return scores.map((s) => Math.exp(s - Math.max(...scores)));",
    "do not add up to 1",
  ],
  [
    "11_gpt",
    "softmax",
    "const s = scores.reduce((a, b) => a + b); return scores.map((x) => x / s);",
    "exp is missing",
  ],
  ["11_gpt", "crossEntropy", "return Math.log(softmax(logits)[target]);", "The minus is missing"],
  ["11_gpt", "crossEntropy", "return softmax(logits)[target];", "That is the probability"],
  [
    "11_gpt",
    "rmsNorm",
    "const s = x.reduce((a, b) => a + b * b, 0); return x.map((y) => y / Math.sqrt(s + 1e-5));",
    "their mean",
  ],
  [
    "11_gpt",
    "rmsNorm",
    "const s = x.reduce((a, b) => a + b * b, 0) / x.length; return x.map((y) => y / Math.sqrt(s));",
    "zeros give 0 / 0",
  ],
  [
    "11_gpt",
    "attention",
    "const w = softmax(keys.map((key) => key.reduce((s, x, i) => s + x * query[i], 0))); return values[0].map((_, i) => values.reduce((s, v, t) => s + w[t] * v[i], 0));",
    "are not divided by the square root",
  ],
  [
    "11_gpt",
    "attention",
    "return softmax(keys.map((key) => key.reduce((s, x, i) => s + x * query[i], 0) / Math.sqrt(query.length)));",
    "Those are the weights",
  ],
  [
    "11_gpt",
    "causal",
    "return queries.map((query) => attention(query, keys, values));",
    "sees those after it",
  ],
  [
    "11_gpt",
    "causal",
    "return queries.map((q, t) => attention(q, keys.slice(0, t), values.slice(0, t)));",
    "Position t sees 0 to t, inclusive",
  ],
  [
    "11_gpt",
    "causal",
    "return queries.map((q, t) => t === 0 ? [] : attention(q, keys.slice(0, t), values.slice(0, t)));",
    "slice(0, position + 1)",
  ],
  [
    "11_gpt",
    "causal",
    "return queries.map((q, t) => attention(qs, keys.slice(0, t + 1), values.slice(0, t + 1)));",
    "It throws ReferenceError",
  ],
  [
    "11_gpt",
    "sample",
    "return probabilities.indexOf(Math.max(...probabilities));",
    "always the most probable",
  ],
  ["11_gpt", "sample", "return probabilities.findIndex((p) => u < p);", "the probabilities so far"],

  [
    "05_engine",
    "div",
    "return new Value(this.data / other.data, [this, other], [1 / other.data, -this.data / other.data ** 2]);",
    "Value.of(other)",
  ],
  [
    "05_engine",
    "backward",
    `const order = [];
     const visit = (v) => { v.operands.forEach(visit); order.push(v); };
     visit(this);
     this.grad = 1;
     for (const v of order.reverse()) v.operands.forEach((o, k) => o.grad += v.localDerivatives[k] * v.grad);`,
    "is in the order twice",
  ],
  [
    "04_backpropagation",
    "backward",
    `const nodes = [];
     const visit = (n) => { n.operands.forEach(visit); nodes.push(n); };
     visit(output);
     output.grad = 1;
     for (const n of nodes.reverse()) passOn(n);`,
    "holds a node twice",
  ],
  [
    "06_neuron",
    "weightedSum",
    "weights.forEach((w, k) => bias.add(w.mul(inputs[k]))); return bias;",
    "sum = sum.add(…)",
  ],
  [
    "05_engine",
    "backward",
    `const order = [];
     const visit = (v) => { if (!order.includes(v)) { v.operands.forEach(visit); order.push(v); } };
     visit(this);
     
     this.grad = 1;
     for (const v of order.reverse()) v.operands.forEach((o, k) => o.grad += v.localDerivatives[k] * v.grad);`,
    "pass it on again",
  ],
  [
    "05_engine",
    "backward",
    `const order = [];
     const visit = (v) => { if (!order.includes(v)) { v.operands.forEach(visit); order.push(v); } };
     visit(this);
     for (const v of order) v.grad = 0;
     this.grad = 1;
     for (const v of order.reverse()) v.operands.forEach((o, k) => o.grad += v.localDerivatives[k] * v.grad);`,
    "The grads of leaves",
  ],
  [
    "05_engine",
    "backward",
    `const order = [];
     const visit = (v) => { if (!order.includes(v)) { v.operands.forEach(visit); order.push(v); } };
     visit(this);
     for (const v of order) if (v.operands.length === 0) v.grad = 0;
     this.grad = 1;
     for (const v of order.reverse()) v.operands.forEach((o, k) => o.grad += v.localDerivatives[k] * v.grad);`,
    "the other way round",
  ],
  [
    "05_engine",
    "backward",
    `const order = [];
     const visit = (v) => { if (!order.includes(v)) { v.operands.forEach(visit); order.push(v); } };
     visit(this);
     const inner = order.filter((v) => v.operands.length === 2); inner.forEach((v) => v.grad = 0);
     this.grad = 1;
     for (const v of order.reverse()) v.operands.forEach((o, k) => o.grad += v.localDerivatives[k] * v.grad);`,
    "First set the grad",
  ],
  ["04_backpropagation", "calls", "return order(node).length;", "counts each node once"],
  [
    "04_backpropagation",
    "calls",
    "return node.operands.reduce((sum, o) => sum + 1 + calls(o), 0);",
    "The first call",
  ],
  [
    "04_backpropagation",
    "calls",
    "return node.operands.length === 0 ? 1 : node.operands.reduce((sum, o) => sum + calls(o), 0);",
    "end at a leaf",
  ],
  [
    "04_backpropagation",
    "calls",
    "return node.operands.reduce((sum, o) => sum + calls(o), 0);",
    "Every call counts 1",
  ],
  ["04_backpropagation", "calls", "return 1 + node.operands.length;", "call itself"],
  [
    "04_backpropagation",
    "calls",
    "return node.operands.length;",
    "how many operands there are",
  ],
  ["04_backpropagation", "calls", "return 2047;", "the same for every input"],
];
