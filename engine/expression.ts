/**
 * Expression trees: parsed from the formulas and functions in the table of operations, printed as code
 * and as formulas.
 *
 * @module
 */

/** An expression: a number, a name, or an operation on expressions. */
export type Expression<Name = string> = number | Name | Application<Name>;

/**
 * An operator or a function and its arguments. `op` is an operator of JavaScript (`"+"` takes two or
 * more arguments), `"negative"`, or the name of a function of `Math`.
 */
export interface Application<Name = string> {
  readonly op: string;
  readonly args: readonly Expression<Name>[];
}

/** A function of up to three numbers. */
export type NumberFunction = (a: number, b: number, y: number) => number;

const comparisons = ["===", "!==", "<", ">", "<=", ">="];

/** The operators whose result is true or false, not a number. */
const conditions = new Set([...comparisons, "&&", "||"]);

/** How tightly the operators between two operands bind. */
const precedence: ReadonlyMap<string, number> = new Map([
  ["||", 1],
  ["&&", 2],
  ...comparisons.map((op) => [op, 3] as const),
  ["+", 4],
  ["-", 4],
  ["*", 5],
  ["/", 5],
  ["**", 7],
]);
const unary = 6, power = 7, operand = 8;

/**
 * Whether an expression is an operator or a function with arguments.
 *
 * @param expression the expression
 * @returns false for a number and for a name
 */
export function isApplication<Name>(
  expression: Expression<Name>,
): expression is Application<Name> {
  return typeof expression === "object" && "op" in (expression as object);
}

// ---- Reading

/**
 * Parses a formula in the notation of the table of operations: numbers, names, `+ - * / ^`, functions of
 * `Math`, `a > b ? c : d`.
 *
 * @param formula the formula
 * @returns its expression tree
 * @throws {SyntaxError} when it cannot be parsed
 */
export function readFormula(formula: string): Expression {
  let expression = formulas.get(formula);
  if (expression === undefined) {
    const code = formula.replaceAll("^", "**").replace(/(?<![.\w])([A-Za-z]\w*)\(/g, "Math.$1(");
    formulas.set(formula, expression = read(code, { source: formula }));
  }
  return expression;
}

const formulas = new Map<string, Expression>();

/**
 * Parses the source of a function whose body is one expression in its parameters, like those in the table
 * of operations.
 *
 * @param f the function
 * @returns its expression, in which the parameters are called `a`, `b` and `y` in this order; null for
 *   any other source: a block, a built-in function, an expression that contains other names
 */
export function readFunction(f: NumberFunction): Expression | null {
  let expression = functions.get(f);
  if (expression === undefined) functions.set(f, expression = readSource(f));
  return expression;
}

const functions = new WeakMap<NumberFunction, Expression | null>();

/** Numbers at which a function is compared with the expression parsed from its source. */
const samples = [0.75, -1.5, 3, -0, 0, 1e300, Infinity, -Infinity, NaN];

function readSource(f: NumberFunction): Expression | null {
  const [, list, body] = /^\(?([\w$,\s]*)\)?\s*=>\s*(?!\{)([^]*)$/.exec(String(f)) ?? [];
  if (list === undefined) return null;
  const parameters = list.split(",").map((name) => name.trim()).filter((name) => name !== "");
  if (parameters.length > 3) return null;
  try {
    const expression = read(body, { source: body, parameters });
    // The source alone is not enough: in the scope of the function, `Math` may be another object.
    const isSame = samples.every((a, i) =>
      samples.every((b, k) => {
        const y = samples[(i + 2 * k) % samples.length];
        return Object.is(f(a, b, y), evaluate(expression, (name) => ({ a, b, y })[name]!));
      })
    );
    return isSame ? expression : null;
  } catch {
    return null;
  }
}

const words =
  /(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|[\p{L}_$][\p{L}\w$]*(?:\.\w+)*|\*\*|--|\+\+|[!=]==|[<>]=|&&|\|\||\S/gu;

/** Parses an expression of JavaScript; if there are parameters, it may contain no other names. */
function read(
  code: string,
  { source, parameters }: { source: string; parameters?: readonly string[] },
): Expression {
  const tokens = code.match(words) ?? [];
  let next = 0;

  function accept(token: string): boolean {
    if (tokens[next] !== token) return false;
    next++;
    return true;
  }

  function expect(token: string): void {
    if (!accept(token)) throw unexpected();
  }

  function unexpected(): SyntaxError {
    const what = tokens[next]?.replace("Math.", "").replace("**", "^") ?? "end";
    return new SyntaxError(`cannot read "${source}": unexpected ${what} (token ${next + 1})`);
  }

  /** Throws unless an expression is of a kind, a condition or a number. */
  function require(kind: "condition" | "number", expression: Expression): Expression {
    const isCondition = isApplication(expression) && conditions.has(expression.op);
    if (isCondition !== (kind === "condition")) throw unexpected();
    return expression;
  }

  /** Parses operators as long as they bind more tightly than `limit`. */
  function binary(limit: number): Expression {
    let left = single(limit);
    let sum: Expression | undefined, terms: Expression[] = [];
    for (;;) {
      const op = tokens[next], level = precedence.get(op) ?? 0;
      if (level <= limit) return left;
      next++;
      // A power is right-associative, everything else left-associative.
      const right = binary(op === "**" ? level - 1 : level);
      const kind = op === "&&" || op === "||" ? "condition" : "number";
      require(kind, left);
      require(kind, right);
      // A long sum is one list that grows in place: copying it for each term would take minutes.
      if (op === "+" && left === sum) terms.push(right);
      else if (op === "+") left = sum = { op, args: terms = [left, right] };
      else left = { op, args: [left, right] };
    }
  }

  function choice(): Expression {
    const condition = binary(0);
    if (!accept("?")) return condition;
    require("condition", condition);
    const yes = require("number", choice());
    expect(":");
    return { op: "?", args: [condition, yes, require("number", choice())] };
  }

  function single(limit: number): Expression {
    if (accept("-")) {
      // −a · b is −(a · b).
      const inner = require("number", binary(Math.max(limit, 4)));
      return typeof inner === "number" ? -inner : { op: "negative", args: [inner] };
    }
    if (accept("(")) {
      const inner = choice();
      expect(")");
      return inner;
    }
    const token = tokens[next] ?? "";
    if (!/^[\p{L}\w$.]/u.test(token)) throw unexpected();
    if (/^[\d.]|^NaN$|^Infinity$/.test(token)) {
      next++;
      return Number(token);
    }
    const member = token.startsWith("Math.") ? token.slice("Math.".length) : null;
    if (member !== null) {
      const value = Object.hasOwn(Math, member) && Math[member as keyof Math];
      if (typeof value !== "function" && typeof value !== "number") throw unexpected();
      next++;
      if (typeof value === "number") return value;
      expect("(");
      const args = [];
      do args.push(require("number", choice())); while (accept(","));
      expect(")");
      return { op: member, args };
    }
    const place = parameters === undefined ? 0 : parameters.indexOf(token);
    if (place < 0 || token.includes(".")) throw unexpected();
    next++;
    return parameters === undefined ? token : "aby"[place];
  }

  const expression = choice();
  if (next < tokens.length) throw unexpected();
  return require("number", expression);
}

// ---- Working with trees

/**
 * Computes an expression.
 *
 * @param expression the expression
 * @param numberOf returns the number of a name
 * @returns the number; of a condition 1 or 0
 */
export function evaluate<Name>(
  expression: Expression<Name>,
  numberOf: (name: Name) => number,
): number {
  if (typeof expression === "number") return expression;
  if (!isApplication(expression)) return numberOf(expression);
  const { op, args } = expression;
  if (op === "?") return evaluate(evaluate(args[0], numberOf) ? args[1] : args[2], numberOf);
  const numbers = args.map((arg) => evaluate(arg, numberOf));
  const [a, b] = numbers;
  switch (op) {
    case "+":
      return numbers.reduce((a, b) => a + b);
    case "-":
      return a - b;
    case "*":
      return numbers.reduce((a, b) => a * b);
    case "/":
      return a / b;
    case "**":
      return a ** b;
    case "negative":
      return -a;
    case "===":
      return Number(a === b);
    case "!==":
      return Number(a !== b);
    case "<":
      return Number(a < b);
    case ">":
      return Number(a > b);
    case "<=":
      return Number(a <= b);
    case ">=":
      return Number(a >= b);
    case "&&":
      return Number(a && b);
    case "||":
      return Number(a || b);
    default: {
      const f = Math[op as "hypot"];
      return f(...numbers);
    }
  }
}

/**
 * Replaces every name.
 *
 * @param expression the expression
 * @param replace returns the replacement of a name
 * @returns the new expression
 */
export function substitute<Name, NewName>(
  expression: Expression<Name>,
  replace: (name: Name) => Expression<NewName>,
): Expression<NewName> {
  if (typeof expression === "number") return expression;
  if (!isApplication(expression)) return replace(expression);
  return { op: expression.op, args: expression.args.map((arg) => substitute(arg, replace)) };
}

// ---- Writing

/**
 * Writes an expression as JavaScript, with no more parentheses than necessary.
 *
 * @param expression the expression; a name may be any code that is a single operand
 * @returns code that computes exactly this expression
 */
export function toCode(expression: Expression): string {
  return writeCode(expression, 0);
}

function writeCode(expression: Expression, need: number): string {
  const [level, code] = codeOf(expression);
  return level < need ? `(${code})` : code;
}

/** The code of an expression and its precedence. */
function codeOf(expression: Expression): [level: number, code: string] {
  if (typeof expression === "string") return [operand, expression];
  if (typeof expression === "number") {
    // −0 is the only number that `String` does not preserve.
    const code = Object.is(expression, -0) ? "-0" : String(expression);
    return [code.startsWith("-") ? unary : operand, code];
  }
  const { op, args } = expression;
  const parts = (first: number, rest = first) =>
    args.map((arg, k) => writeCode(arg, k === 0 ? first : rest));
  if (op === "?") {
    const [condition, yes, no] = parts(0);
    return [0, `${condition} ? ${yes} : ${no}`];
  }
  if (op === "negative") {
    // −(a / b) and −a / b are the same number; before a power JavaScript allows no sign.
    const [level, code] = codeOf(args[0]);
    return level === precedence.get("*") && /^[^-(]*[*/] /.test(code) && !code.includes("**")
      ? [level, `-${code}`]
      : [unary, `-${parts(operand)}`];
  }
  if (op === "**") return [power, parts(operand, unary).join(" ** ")];
  const level = precedence.get(op);
  if (level !== undefined) {
    return [level, parts(level, level + 1).join(` ${op} `)];
  }
  return [operand, `${op in Math ? `Math.${op}` : op}(${parts(0).join(", ")})`];
}

/**
 * Local derivative × upstream gradient, without a factor 1 or −1.
 *
 * @param local the local derivative
 * @param upstream the gradient of the node
 * @returns the contribution to the gradient of the operand
 */
export function contribution(local: Expression, upstream: Expression): Expression {
  if (local === 1) return upstream;
  if (local === -1) return { op: "negative", args: [upstream] };
  return { op: "*", args: [local, upstream] };
}
