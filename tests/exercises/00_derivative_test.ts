import text from "../../exercises/00_derivative.ts" with { type: "text" };
import { holes } from "../../exercises/checks/00_derivative.ts";
import checks from "../../exercises/checks/00_derivative.ts" with { type: "text" };
import solutions from "../../exercises/solutions/00_derivative.ts" with { type: "text" };
import { testExercise } from "./answers.ts";

testExercise("00_derivative", { text, solutions, checks, holes }, {
  slope: [
    ["return f(x + h) - f(x);", "Divide it by the run"],
    ["return f(x + h) - f(x) / h;", "division comes before the minus"],
    ["return (f(x) - f(x + h)) / h;", "minus where you were"],
    ["return 14.003;", "the same for every input"],
    ["(f(x + h) - f(x)) / h;", "is `return` missing?"],
    ["return (f(x + H) - f(x)) / H;", "It throws ReferenceError: H is not defined"],
    ["return ((f(x + h) - f(x)) / h).toFixed(3);", "returns a string, and should return a number"],
    ["return slope(f, x, h);", "until the stack is full"],
    ["return f(x + h) / h;", "subtract f(x) from f(x + h)"],
    ["return (f(x + h) - f(x - h)) / (2 * h);", "That is the central difference"],
    ["return (f(x) - f(x - h)) / h;", "That goes from x − h to x"],
    ["return (f(x + h) - x) / h;", "Rise: f(x + h) − f(x). Run: h."],
  ],
  central: [
    ["return (f(x + h) - f(x - h)) / h;", "the run is 2h"],
    ["return (f(x + h) - f(x - h)) / 2 * h;", "write / (2 * h)"],
    ["return slope(f, x, h);", "Step to both sides"],
    ["return (f(x + h) - f(x)) / (2 * h);", "start at f(x − h)"],
    ["return (f(x + h) + f(x - h)) / (2 * h);", "The rise is a difference"],
    ["return f(x + h) - f(x - h) / (2 * h);", "division comes before the minus"],
    ["return (slope(f, x, h) - slope(f, x, -h)) / 2;", "Rise: f(x + h) − f(x − h). Run: 2h."],
  ],
  slopeOfCubic: [
    ["return x ** 2 - 6 * x;", "You forgot the 3"],
    ["return 3 * x ** 2 - 6 * x + 2;", "its derivative is 0"],
    ["return slope((x) => x ** 3 - 3 * x ** 2 + 2, x, 0.001);", "Close, but not exact"],
    ["return 3 * x ** 2 - 3 * x;", "You forgot the 2"],
    ["return 3 * x ** 2 - 6;", "one x stays"],
    ["return 3 * x ** 2 + 6 * x;", "The minus stays"],
    ["return x ** 3 - 3 * x ** 2 + 2;", "That is the function"],
    ["return 3 * x ** 3 - 6 * x;", "goes down by one"],
    ["return 6 * x - 6;", "(x + h)³ = x³ + 3x²h"],
  ],
  flat: [
    ["return b / (2 * a);", "from 2ax + b = 0"],
    ["return -b / 2 * a;", "write / (2 * a)"],
    ["return 2 / 3;", "the same for every input"],
    ["return (b - b) / (c - c);", "NaN"],
    ["return -b / a;", "a 2 is missing"],
    ["const x = -b / (2 * a); return a * x ** 2 + b * x + c;", "Return the x"],
    ["return 0;", "You forgot the b"],
    ["return (-b + Math.sqrt(b ** 2 - 4 * a * c)) / (2 * a);", "where the parabola itself is 0"],
    ["return -2 * a / b;", "For which x is that 0?"],
  ],
}, {
  slope: ["return f(x + h) / h - f(x) / h;"],
  central: [
    "return slope(f, x - h, 2 * h);",
    "return (slope(f, x, h) + slope(f, x, -h)) / 2;",
    "return f(x + h) / (2 * h) - f(x - h) / (2 * h);",
  ],
  slopeOfCubic: ["return 3 * x * (x - 2);"],
  flat: ["return -(b / a) / 2;"],
});
