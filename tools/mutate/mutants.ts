/**
 * Mutants of TypeScript: every text that differs from a file in one small, plausible mistake.
 *
 * The rules work on the syntax tree, so that they see operators, calls and conditions wherever a line
 * is broken. Types, imports, comments and what an error says are left alone.
 *
 * @module
 */
import { parse } from "@babel/parser";

/** One mistake in one file. */
export interface Mutant {
  readonly file: string;
  /** The line, from 1. */
  readonly line: number;
  /** Where the change begins and ends in the text of the file. */
  readonly start: number;
  readonly end: number;
  /** What is written there instead. */
  readonly text: string;
  /** Whether nothing but numbers is changed: one of them, its sign, or the order of some. */
  readonly isNumbers: boolean;
  /** The declarations around it: `Value.backward`, `operations.tanh.locals`. */
  readonly within: string;
  /** The statement or property around it, on one line, as it is and as the mutant has it. */
  readonly before: string;
  readonly after: string;
}

/** Whether a mutant is within a declaration, or one that is in it. */
export function isWithin(mutant: Mutant, name: string): boolean {
  return `${mutant.within}.`.startsWith(`${name}.`);
}

/** A node of Babel's tree, as far as the rules look at it. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  // deno-lint-ignore no-explicit-any -- the children differ from one type of node to the next
  readonly [key: string]: any;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** What could be written in place of a node, or of another part of the text. */
type Edit = string | Range & { readonly text: string };

const operators: Record<string, readonly string[]> = {
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "**": ["*"],
  "^": ["|"],
  ">>": ["<<"],
  "<<": [">>"],
  ">>>": ["<<"],
  "+=": ["=", "-="],
  "-=": ["=", "+="],
  "*=": ["=", "/="],
  "/=": ["=", "*="],
  "^=": ["="],
  "<": ["<=", ">"],
  ">": [">=", "<"],
  "<=": ["<", ">"],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "&&": ["||"],
  "||": ["&&"],
  "??": ["&&"],
  "??=": ["="],
};

const methods: Record<string, readonly string[]> = {
  abs: ["sign"],
  ceil: ["floor"],
  cos: ["sin"],
  every: ["some"],
  exp: ["log"],
  floor: ["ceil"],
  log: ["exp"],
  max: ["min"],
  min: ["max"],
  padEnd: ["padStart"],
  padStart: ["padEnd"],
  pop: ["shift"],
  round: ["floor"],
  sign: ["abs"],
  sin: ["cos"],
  some: ["every"],
  sqrt: ["abs"],
  startsWith: ["endsWith"],
  tanh: ["sin"],
};

/** Methods whose result is of the kind of their object: the mutant leaves the call out. */
const optionalCalls = new Set(
  "filter reverse sort slice toReversed toSorted toWellFormed trim trimEnd trimStart replace replaceAll"
    .split(" "),
);

/** Functions of two things that find the same in either order. */
const symmetric = /^(Math\.(imul|max|min)|Object\.is|(Value\.)?dot|equal|same)$/;

/** Names that are easily taken for each other, where one statement has both. */
const confusable = ("a/b a/y b/y #a/#b data/grad before/after local/upstream inputs/parameters " +
  "forward/backward operand/node i/k p/g ws/xs x/y low/high first/last start/end " +
  "width/height value/grad half/k").split(" ").map((pair) => pair.split("/"));

/**
 * Every mutant of a file by the rules.
 *
 * @param file the name of the file
 * @param text its text
 * @returns the mutants, each text once, in the order of the file
 * @throws {SyntaxError} when the text is not TypeScript
 */
export function mutantsOf(file: string, text: string): Mutant[] {
  const program = parse(text, { sourceType: "module", plugins: ["typescript"] })
    .program as unknown as Node;
  const mutants = new Map<string, Mutant>();
  walk(program, [], (node, ancestors) => {
    for (const edit of edits(node, ancestors, text)) {
      const { start, end, text: other } = typeof edit === "string" ? replace(node, edit) : edit;
      if (text.slice(start, end) === other) continue;
      const item = quoted([...ancestors, node].findLast(isItem) ?? program);
      const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();
      const mutant: Mutant = {
        file,
        line: text.slice(0, start).split("\n").length,
        start,
        end,
        text: other,
        isNumbers: [text.slice(start, end), other].every((part) =>
          /^([-\d.,_e\s[\]]|Infinity|NaN)+$/.test(part)
        ),
        within: ancestors.flatMap(nameOf).join("."),
        before: oneLine(text.slice(item.start, item.end)),
        after: oneLine(text.slice(item.start, start) + other + text.slice(end, item.end)),
      };
      mutants.set(apply(mutant, text), mutant);
    }
  });
  return [...mutants.values()].sort((a, b) => a.start - b.start);
}

/** The text of a file with one mistake in it. */
export function apply({ start, end, text: other }: Mutant, text: string): string {
  return text.slice(0, start) + other + text.slice(end);
}

/**
 * What a mutant changes of its statement, for a person to see.
 *
 * @param mutant the mutant
 * @returns the part that differs, as it is and as the mutant has it, with some of what stands around it
 */
export function difference({ before, after }: Mutant): [before: string, after: string] {
  let start = 0, end = 0;
  while (before[start] === after[start]) start++;
  const rest = Math.min(before.length, after.length) - start;
  while (end < rest && before.at(-1 - end) === after.at(-1 - end)) end++;
  const shown = (text: string) => {
    const [head, changed, tail] = [
      text.slice(0, start),
      text.slice(start, text.length - end),
      text.slice(text.length - end),
    ];
    return [
      head.replace(/^.+(?=.{40}$)/, "…"),
      changed.replace(/^(.{40}).+(.{40})$/, "$1…$2"),
      tail.replace(/(?<=^.{40}).+$/, "…"),
    ].join("");
  };
  return [shown(before), shown(after)];
}

/** Visits each node below `node` that computes something. */
function walk(
  node: Node,
  ancestors: readonly Node[],
  visit: (node: Node, ancestors: readonly Node[]) => void,
): void {
  if (/^(TS(?!NonNull|As|Satisfies)|Import|ThrowStatement|ExportAll)/.test(node.type)) return;
  visit(node, ancestors);
  for (const child of Object.values(node)) {
    for (const next of Array.isArray(child) ? child : [child]) {
      if (typeof next?.type === "string") walk(next, [...ancestors, node], visit);
    }
  }
}

/** Whether a node is what a reader would quote: a statement, a property, a member of a class. */
function isItem({ type }: Node): boolean {
  return /^(ExpressionStatement|ReturnStatement|VariableDeclaration|IfStatement|For\w*Statement|While\w*|\w*Property|ContinueStatement|BreakStatement|SwitchCase)$/
    .test(type);
}

/** Of a statement with statements in it only the head is quoted: a change in those is theirs. */
function quoted({ start, end, body, consequent }: Node): Range {
  return { start, end: body?.start ?? consequent?.start ?? end };
}

function nameOf({ type, id, key }: Node): string[] {
  if (/^(Function|Class)Declaration$|^VariableDeclarator$/.test(type)) return [id?.name ?? "…"];
  if (!/^(Object|Class|ClassPrivate)(Method|Property)$/.test(type)) return [];
  return [key.type === "PrivateName" ? `#${key.id.name}` : key.name ?? key.value ?? "[…]"];
}

/** The mistakes that can be made in a node itself; those in its parts are made when they are visited. */
function* edits(node: Node, ancestors: readonly Node[], text: string): Generator<Edit> {
  const source = ({ start, end }: Node) => text.slice(start, end);
  /** Another operator between two operands, with all parentheses and spaces as they are. */
  const between = (left: Node, right: Node, operator: string): Edit => ({
    start: left.end,
    end: right.start,
    text: text.slice(left.end, right.start).replace(node.operator, () => operator),
  });
  /** Each two neighbours in each other's place. */
  const swapped = (nodes: readonly Node[]): Edit[] =>
    nodes.slice(1).flatMap((second, k) => {
      const first = nodes[k];
      if (/Function|Spread|Object|StringLiteral/.test(first.type + second.type)) return [];
      if (isRow(first) && isRow(second)) return [];
      return {
        start: first.start,
        end: second.end,
        text: source(second) + text.slice(first.end, second.start) + source(first),
      };
    });

  switch (node.type) {
    case "BinaryExpression":
    case "LogicalExpression": {
      const { left, right, operator } = node;
      for (const other of operators[operator] ?? []) yield between(left, right, other);
      if (/^([-+*/%]|&&|\|\|)$/.test(operator)) {
        yield source(left);
        yield source(right);
      }
      // |b − a| is |a − b|, and (b − a)² is (a − b)².
      const outer = ancestors.at(-1);
      const isDistance = operator === "-" &&
        (outer?.type === "CallExpression" && source(outer.callee) === "Math.abs" ||
          outer?.operator === "**" && source(outer.right) === "2");
      if (/^[-/]$/.test(operator) && !isDistance) {
        yield `${source(right)} ${operator} ${source(left)}`;
      }
      return;
    }
    case "AssignmentExpression":
      for (const other of operators[node.operator] ?? []) {
        yield between(node.left, node.right, other);
      }
      return;
    case "UpdateExpression":
      yield source(node).replace(/\+\+|--/, (operator) => operator === "++" ? "--" : "++");
      return;
    case "UnaryExpression":
      if (/^[-!]$/.test(node.operator)) yield source(node.argument);
      return;
    case "NumericLiteral":
      yield node.value === 0 ? "1" : "0";
      if (node.value + 1 !== node.value) yield `${node.value + 1}`; // 1e300 + 1 is 1e300
      return;
    case "BooleanLiteral":
      yield `${!node.value}`;
      return;
    case "Identifier":
    case "PrivateName":
      if (node.name === "NaN") yield "0";
      yield* otherNames(node, ancestors, text);
      return;
    case "ConditionalExpression":
      yield source(node.consequent);
      yield source(node.alternate);
      return;
    case "IfStatement":
      for (const value of ["true", "false"]) yield replace(node.test, value);
      return;
    case "WhileStatement":
      yield replace(node.test, "false");
      return;
    case "CallExpression":
    case "OptionalCallExpression": {
      const { callee } = node;
      const name = callee.property?.name ?? callee.name ?? "";
      for (const other of Object.hasOwn(methods, name) ? methods[name] : []) {
        yield replace(callee.property ?? callee, other);
      }
      if (optionalCalls.has(name) && callee.object) yield source(callee.object);
      if (!symmetric.test(source(callee))) yield* swapped(node.arguments);
      return;
    }
    case "NewExpression":
      yield* swapped(node.arguments);
      return;
    case "ArrayExpression":
      if (isCollection(ancestors.at(-1))) return;
      yield* swapped(node.elements.filter((element: Node | null) => element !== null));
      return;
    case "TemplateLiteral":
      yield* swapped(node.expressions);
      return;
    case "ExpressionStatement":
      yield ";";
      return;
    case "ReturnStatement":
    case "ContinueStatement":
    case "BreakStatement": {
      // Only where it depends on a condition: elsewhere the program would not be the same kind.
      const [outer, inner] = ancestors.slice(-2).map(({ type }) => type);
      const isGuarded = inner === "IfStatement" ||
        (inner === "BlockStatement" && outer === "IfStatement");
      if (isGuarded) yield ";";
    }
  }
}

/** Whether a node makes a Map or a Set: these find what is in them, in whatever order it came. */
function isCollection(node?: Node): boolean {
  return node?.type === "NewExpression" && /^(Weak)?(Map|Set)$/.test(node.callee.name);
}

/** Whether a node is a text and what to do about it: rows of a table stand in no particular order. */
function isRow(node: Node): boolean {
  const { type, elements } = node.type === "TSAsExpression" ? node.expression : node;
  return type === "ArrayExpression" && elements.length === 2 &&
    /^(String|Template)Literal$/.test(elements[0]?.type) &&
    /Function|^(CallExpression|Identifier)$/.test(elements[1]?.type);
}

function replace({ start, end }: Node, text: string): Range & { text: string } {
  return { start, end, text };
}

/** The names that stand in the same statement and are easily taken for that of a node. */
function otherNames(node: Node, ancestors: readonly Node[], text: string): string[] {
  const item = ancestors.findLast(isItem);
  if (item === undefined || isDeclared(node, ancestors.at(-1)!)) return [];
  const name = text.slice(node.start, node.end);
  const names = new Set(text.slice(item.start, item.end).match(/(?<![\w$#])#?[\w$]+/g));
  return confusable.filter((pair) => pair.includes(name)).flat()
    .filter((other) => names.has(other));
}

/** Whether a name is declared here: with another name there, nothing would be computed differently. */
function isDeclared(name: Node, { type, id, key, params }: Node): boolean {
  return /Pattern$/.test(type) || name === id || name === key || Boolean(params?.includes(name));
}
