import text from "../../exercises/07_descent.ts" with { type: "text" };
import { holes } from "../../exercises/checks/07_descent.ts";
import checks from "../../exercises/checks/07_descent.ts" with { type: "text" };
import solutions from "../../exercises/solutions/07_descent.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

testExercise("07_descent", { text, solutions, checks, holes }, {
  descend: [
    ["for (let k = 0; k < steps; k++) x += rate * slope(x); return x;", "uphill"],
    ["return x - rate * slope(x);", "That is one step"],
    [
      "const s = slope(x); for (let k = 0; k < steps; k++) x -= rate * s; return x;",
      "work it out again",
    ],
    ["for (let k = 0; k < steps; k--) x -= rate * slope(x); return x;", "It does not end"],
    ["for (let k = 0; k < steps; k++) x -= slope(x); return x;", "The rate is missing"],
    ["return rate * slope(x);", "how far a step goes"],
    ["for (let k = 0; k <= steps; k++) x -= rate * slope(x); return x;", "one step more"],
    ["for (let k = 0; k < steps; k++) x -= rate * x; return x;", "x becomes x − rate · slope(x)"],
  ],
  loss: [
    [
      "return predictions.reduce((sum, p, k) => sum + (p - targets[k]) ** 2, 0);",
      "Divide it by how many",
    ],
    [
      "return predictions.reduce((sum, p, k) => sum + p - targets[k], 0) / targets.length;",
      "The square is missing",
    ],
    [
      "return predictions.reduce((sum, p, k) => sum + (p - target[k]) ** 2, 0);",
      "target is not defined",
    ],
    [
      "return predictions.reduce((sum, p, k) => sum + Math.abs(p - targets[k]), 0) / targets.length;",
      "absolute value",
    ],
    [
      "return predictions.reduce((sum, p, k) => sum + p - targets[k], 0) ** 2 / targets.length;",
      "not the other way round",
    ],
    [
      "return Math.sqrt(predictions.reduce((sum, p, k) => sum + (p - targets[k]) ** 2, 0) / targets.length);",
      "No square root",
    ],
    [
      "return predictions.reduce((sum, p, k) => sum + p ** 2 - targets[k] ** 2, 0) / targets.length;",
      "The difference of each pair",
    ],
  ],
  update: [
    [
      "for (const p of parameters) p.data += rate * p.grad;",
      "That goes up",
      `the data [3, −1] with the gradients [2, −4] and the rate 0.1
  expected [2.8, −0.6]
  got      [3.2, −1.4]`,
    ],
    ["for (const p of parameters) p.data =- rate * p.grad;", "`=-` is not `-=`"],
    ["parameters.map((p) => p.data - rate * p.grad);", "No parameter has moved"],
    ["for (const p of parameters) { p.grad *= rate; p.data -= p.grad; }", "It changes the grad"],
    ["for (const p of parameters) p.data -= p.grad;", "The rate is missing"],
    ["for (const p of parameters) p.data = rate * p.grad;", "That is the step"],
    ["for (const p of parameters) p.data -= rate * Math.sign(p.grad);", "Only the sign"],
    ["for (const p of parameters) p.data -= rate * p.data;", "For each parameter"],
    [
      "for (const p of parameters) { p.grad = Math.abs(p.grad); p.data -= rate * p.grad; }",
      "It changes the grad",
    ],
  ],
  train: [
    [
      `const losses = [];
     for (let k = 0; k < steps; k++) { const l = forward(); l.backward(); update(parameters, rate); losses.push(l.data); }
     return losses;`,
      "are not set to 0",
    ],
    [
      `const losses = [];
     for (let k = 0; k < steps; k++) {
       const l = forward();
       l.backward();
       parameters.forEach((p) => p.grad = 0);
       update(parameters, rate);
       losses.push(l.data);
     }
     return losses;`,
      "not set to 0 just before it",
    ],
    [
      "const losses = []; while (losses.length >= 0) { const l = forward(); l.backward(); losses.push(l); } return losses;",
      "It does not end",
    ],
    [
      `const losses = [];
     for (let k = 0; k < steps; k++) {
       const l = forward(); parameters.forEach((p) => p.grad = 0); l.backward(); update(parameters, rate); losses.push(l);
     }
     return losses;`,
      "Return numbers",
    ],
    [
      `const losses = [];
     for (let k = 0; k < steps; k++) {
       const l = forward(); parameters.forEach((p) => p.grad = 0); l.backward(); update(parameters, -rate); losses.push(l.data);
     }
     return losses;`,
      "The loss rises",
      `w and b from [0, 0], learning [1, 3, 5] at x = [0, 1, 2], with the rate 0.1 and steps = 1
  expected { losses: [11.66667], parameters: [0.8666667, 0.6] }
  got      { losses: [11.66667], parameters: [−0.8666667, −0.6] }`,
    ],
    [
      `const losses = [];
     for (let k = 0; k < steps; k++) {
       const l = forward(); parameters.forEach((p) => p.grad = 0); l.backward(); losses.push(l.data);
     }
     return losses;`,
      "is update() called",
    ],
    [
      `const losses = [];
     const l = forward();
     for (let k = 0; k < steps; k++) {
       parameters.forEach((p) => p.grad = 0); l.backward(); update(parameters, rate); losses.push(l.data);
     }
     return losses;`,
      "It throws Error: build the graph again",
    ],
    [
      `const losses = [];
     for (let k = 0; k < steps; k++) {
       const l = forward(); parameters.forEach((p) => p.grad = 0); l.backward(); update(parameters, rate); losses.push(forward().data);
     }
     return losses;`,
      "Those are the losses after each update",
    ],
    [
      `const losses = [];
     for (let k = 0; k < steps; k++) {
       const l = forward(); parameters.forEach((p) => p.grad = 0); l.backward(); update(parameters, rate / steps); losses.push(l.data);
     }
     return losses;`,
      "forward, zero, backward, update",
    ],
    [
      `const losses = [];
     for (let k = 0; k < steps; k++) {
       const l = forward(); parameters.forEach((p) => p.grad = 0); l.backward(); update(parameters, rate); losses.push(l.data);
     }
     `,
      "is `return` missing?",
    ],
    [
      `const losses = [];
     for (let k = 0; k < steps; k++) {
       const l = forward(); parameters.forEach((p) => p.grad = 0); l.backward(); losses.push(l.data); if (k < steps - 1) update(parameters, rate);
     }
     return losses;`,
      "forward, zero, backward, update",
    ],
    [
      `const losses = [];
     for (let k = 0; k < steps; k++) {
       const l = forward(); parameters.forEach((p) => p.grad = 0); l.backward(); update(parameters, rate); losses.push(k === 1 ? l : l.data);
     }
     return losses;`,
      "Return numbers",
    ],
  ],
});
