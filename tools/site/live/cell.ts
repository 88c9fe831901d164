/**
 * A cell of TypeScript as JavaScript that a browser can run: types are blanked out in place, and what
 * the cell declares is kept for the cells after it.
 *
 * @module
 */
import { tsPlugin } from "@sveltejs/acorn-typescript";
import { type Node as AcornNode, Parser } from "acorn";

/** A node of the syntax tree; its other fields depend on its type. */
// deno-lint-ignore no-explicit-any -- the tree of TypeScript has a hundred kinds of nodes.
export type Node = AcornNode & Record<string, any>;

/** A cell, ready to run. */
export interface Cell {
  /** An expression: a function of the scope and of `import()`, which runs the cell. */
  readonly code: string;
  /** The names that the cell declares, and whether each is a constant. */
  readonly declared: ReadonlyMap<string, { constant: boolean }>;
  /** Where in the cell an error was thrown, from its place in `code` and its message. */
  readonly position: (place: Position, message?: string) => Position;
}

/** A place in a text, counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A cell that cannot be read, and where. */
export class CellSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";
  /**
   * @param message what is wrong
   * @param position where
   */
  constructor(message: string, readonly position: Position) {
    super(message);
  }
}

const TypeScript = Parser.extend(tsPlugin() as unknown as (base: typeof Parser) => typeof Parser);

/** TypeScript that is more than types, and what to write instead. */
const refusals: Record<string, string> = {
  TSEnumDeclaration: "write an object of constants instead of an enum",
  TSModuleDeclaration: "write an object instead of a namespace",
  TSImportEqualsDeclaration: "write import … from",
  TSExportAssignment: "a cell exports nothing",
  ExportDefaultDeclaration: "a cell exports nothing",
};

/**
 * Reads a cell.
 *
 * @param source the cell, in TypeScript
 * @param file the name that the stack of an error gives it
 * @returns the cell, ready to run
 * @throws {CellSyntaxError} when it is not TypeScript, or holds TypeScript that is more than types
 *
 * @example
 * ```ts
 * const { code, declared } = readCell("const x: number = 1;\nx + 1", "cell.ts");
 * const scope = { x: undefined };
 * await (0, eval)(code)(scope); // 2; scope.x is 1, and declared holds "x"
 * ```
 */
export function readCell(source: string, file: string): Cell {
  const edits = new Edits(source);
  const body: Node[] = parse(source).body;
  const declared = new Map<string, { constant: boolean }>();
  const functions: string[] = [];
  for (const node of body) {
    requireSupported(node, source);
    const statement: Node = node.declaration ?? node; // of an export
    edits.blank(node.start, statement.start);
    switch (statement.type) {
      case "ImportDeclaration":
        if (statement.importKind !== "type") importInto(statement, edits, declared);
        break;
      case "VariableDeclaration":
        if (!statement.declare) assign(statement, edits, declared);
        break;
      case "FunctionDeclaration":
        functions.push(statement.id.name);
        declared.set(statement.id.name, { constant: false });
        break;
      case "ClassDeclaration":
        if (statement.declare) break;
        declared.set(statement.id.name, { constant: false });
        edits.insert(statement.start, `;${statement.id.name} = `);
        edits.insert(statement.end, ";");
    }
  }
  separate(body, edits);
  const last = body.at(-1);
  if (last?.type === "ExpressionStatement") {
    edits.insert(last.start, "return (");
    edits.insert(last.expression.end, ")");
  }
  for (const node of body) blank(node, edits);
  // Functions are hoisted: the scope gets them before the cell's first line.
  const hoisted = functions.map((name) => `__scope.${name} = ${name}; `).join("");
  const head = `(function (__scope, __import) { with (__scope) { return (async () => { ` +
    `"use strict"; ${hoisted}`;
  const { text, origin } = edits.apply();
  return {
    code: `${head}${text}\n})(); } })\n//# sourceURL=${file}`,
    declared,
    position({ line, column }, message = "") {
      const starts = lineStarts(text);
      const inText = (starts[line - 1] ?? text.length) + column - 1 -
        (line === 1 ? head.length : 0);
      const offset = origin(inText);
      // For an undeclared name, V8 reports where its statement begins.
      const [, name] = /^([\w$]+) is not defined$/.exec(message) ?? [];
      const further = name
        ? source.slice(offset).search(
          new RegExp(`(?<![\\w$.])${name.replaceAll("$", "\\$")}(?![\\w$])`),
        )
        : 0;
      return positionOf(source, offset + Math.max(0, further));
    },
  };
}

/**
 * Where in the code of cells an error was thrown: the topmost place of its stack that is in a cell.
 *
 * @param stack the stack of an error, as V8, SpiderMonkey or JavaScriptCore write it
 * @returns the file that the cell was read as, and the place in its `code`
 */
export function frameOf(stack: string): Position & { file: string } | undefined {
  const match = /(?<![\w/-])([\w-]+\.ts)(?:, <anonymous>)?:(\d+):(\d+)/.exec(stack);
  return match ? { file: match[1], line: Number(match[2]), column: Number(match[3]) } : undefined;
}

function parse(source: string): Node {
  try {
    return TypeScript.parse(source, {
      sourceType: "module",
      ecmaVersion: "latest",
      // The TypeScript plugin needs them.
      locations: true,
    }) as Node;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { pos } = error as unknown as { pos: number };
    throw new CellSyntaxError(error.message.replace(/ \(\d+:\d+\)$/, ""), positionOf(source, pos));
  }
}

/** Ends the statement before each expression, which begins with a parenthesis after some edits. */
function separate(statements: readonly Node[], edits: Edits): void {
  for (const { type, start } of statements) {
    if (type === "ExpressionStatement") edits.insert(start, ";");
  }
}

/** The text of a cell, and what of it is written differently. */
class Edits {
  readonly #edits: { start: number; end: number; text: string; origin?: number }[] = [];

  constructor(readonly source: string) {}

  /** Replaces the text with spaces; line breaks stay. */
  blank(start: number, end: number) {
    this.replace(start, end, this.source.slice(start, end).replace(/[^\n\r]/g, " "));
  }

  insert(at: number, text: string) {
    this.replace(at, at, text);
  }

  /** An error in what is put there instead is one at `origin`, or else where it starts. */
  replace(start: number, end: number, text: string, origin?: number) {
    this.#edits.push({ start, end, text, origin });
  }

  /** The changed text, and where each of its characters comes from. */
  apply(): { text: string; origin: (offset: number) => number } {
    // Where several begin, that which was made first comes first.
    const sorted = this.#edits.sort((a, b) => a.start - b.start);
    let text = "", from = 0;
    const pieces: { at: number; from: number; exact: boolean }[] = [];
    for (const { start, end, text: edit, origin = start } of sorted) {
      if (start < from) continue; // within what is blank already
      pieces.push({ at: text.length, from, exact: true });
      text += this.source.slice(from, start);
      pieces.push({ at: text.length, from: origin, exact: false });
      text += edit;
      from = end;
    }
    pieces.push({ at: text.length, from, exact: true });
    text += this.source.slice(from);
    return {
      text,
      origin(offset) {
        const piece = pieces.findLast(({ at }) => at <= offset)!;
        return piece.exact ? piece.from + offset - piece.at : piece.from;
      },
    };
  }
}

/** Refuses what is more than types and has no place in a cell. */
function requireSupported({ type, start, declare }: Node, source: string): void {
  if (type in refusals && !declare) {
    throw new CellSyntaxError(refusals[type], positionOf(source, start));
  }
}

/** Blanks the types below a node. */
function blank(node: Node, edits: Edits): void {
  const { source } = edits;
  const { type, start, end } = node;
  const gap = (from: number, to: number, pattern: RegExp) => {
    const { 0: text, index } = pattern.exec(source.slice(from, to))!;
    edits.blank(from + index, from + index + text.length);
  };
  requireSupported(node, source);
  if (node.declare) return edits.blank(start, end);
  switch (type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression": {
      const { expression, typeAnnotation } = node;
      const between = source.slice(expression.end, typeAnnotation.start);
      const keyword = expression.end + between.search(/\b(as|satisfies)\s*$/);
      edits.blank(keyword, end);
      return blank(expression, edits);
    }
    case "TSNonNullExpression":
      edits.blank(end - 1, end);
      return blank(node.expression, edits);
    case "TSTypeAssertion":
      edits.blank(start, source.indexOf(">", node.typeAnnotation.end) + 1);
      return blank(node.expression, edits);
    case "ImportDeclaration":
      // What stands for it has been inserted before it.
      return edits.blank(start, end);
    case "BlockStatement":
    case "StaticBlock":
      separate(node.body, edits);
      break;
    case "SwitchCase":
      separate(node.consequent, edits);
      break;
    case "CallExpression":
      // Called as a property of the scope, a function would have the scope as its `this`.
      if (node.callee.type === "Identifier" && node.callee.name !== "eval") {
        const { start, end } = node.callee;
        edits.insert(start, "(0, ");
        // V8 reports the parenthesis as the place of such a call, but without the edit the name.
        if (source[end] === "(") edits.replace(end, end + 1, ")(", start);
        else edits.insert(end, ")");
      }
      break;
    case "ImportExpression":
      edits.replace(start, start + "import".length, "__import");
      break;
    case "ExportNamedDeclaration":
      if (!node.declaration) return edits.blank(start, end);
      break;
    case "Identifier":
      if (node.optional) gap(start, end, /\?/);
      break;
    case "VariableDeclarator":
      if (node.definite) gap(node.id.start, end, /!(?=(?:\s|\/\*.*?\*\/)*:)/s);
      break;
    case "ClassDeclaration":
    case "ClassExpression": {
      if (node.abstract) gap(start, node.body.start, /\babstract\b/);
      const [implemented] = node.implements ?? [];
      if (implemented) {
        // The word, and not a comment that has it.
        const before = source.slice(start, implemented.start);
        const word = before.search(/\bimplements(?:\s|\/\*.*?\*\/|\/\/[^\n]*)*$/s);
        edits.blank(start + word, node.body.start);
      }
      break;
    }
    case "MethodDefinition":
    case "PropertyDefinition":
    case "AccessorProperty":
      if (node.abstract || node.value?.type === "TSDeclareMethod") return edits.blank(start, end);
      for (const word of source.slice(start, node.key.start).matchAll(modifiers)) {
        edits.blank(start + word.index, start + word.index + word[0].length);
      }
      if (node.optional || node.definite) gap(node.key.end, end, /[?!]/);
      break;
    case "TSParameterProperty":
      gap(start, end, /^(?:(?:public|private|protected|readonly|override)\s+)+/);
      return blank(node.parameter, edits);
    case "FunctionExpression": {
      // constructor(readonly x: number) { this.x = x; }, after super() if there is one.
      const fields = node.params.flatMap(({ parameter }: Node) => namesIn(parameter));
      const [first] = node.body.body;
      const callsSuper = first?.expression?.callee?.type === "Super";
      const assignments = fields.map((name: string) => ` this.${name} = ${name};`).join("");
      edits.insert(callsSuper ? first.end : node.body.start + 1, assignments);
    }
  }
  if (/^TS/.test(type)) return edits.blank(start, end);
  if (node.params?.[0]?.name === "this") {
    const next = source.slice(node.params[0].end).match(/^\s*,/)?.[0].length ?? 0;
    edits.blank(node.params[0].start, node.params[0].end + next);
  }
  for (const child of children(node)) blank(child, edits);
}

const modifiers = /\b(?:public|private|protected|readonly|override)\b/g;

function children(node: Node): Node[] {
  return Object.values(node).flat().filter((child) => typeof child?.type === "string");
}

/** `import { a as b } from "x"` as an assignment to what the scope holds. */
function importInto(node: Node, edits: Edits, declared: Map<string, { constant: boolean }>): void {
  const wanted: string[] = [], names: string[] = [];
  let whole = "";
  for (const { type, importKind, local, imported } of node.specifiers) {
    if (importKind === "type") continue;
    declared.set(local.name, { constant: true });
    if (type === "ImportNamespaceSpecifier") {
      whole = `${local.name} = `;
      continue;
    }
    const name = imported?.name ?? imported?.value;
    wanted.push(`${JSON.stringify(name ?? "default")}: ${local.name}`);
    if (name) names.push(name);
  }
  const module = `await __import(${JSON.stringify([node.source.value, ...names]).slice(1, -1)})`;
  edits.insert(node.start, `;({ ${wanted.join(", ")} } = ${whole}${module});`);
}

/** `const a = 1, { b } = c;` as an assignment to what the scope holds. */
function assign(node: Node, edits: Edits, declared: Map<string, { constant: boolean }>): void {
  for (const { id, init } of node.declarations) {
    for (const name of namesIn(id)) declared.set(name, { constant: node.kind === "const" });
    if (!init) edits.insert(id.end, " = undefined");
  }
  edits.replace(node.start, node.start + node.kind.length, ";(");
  edits.insert(edits.source[node.end - 1] === ";" ? node.end - 1 : node.end, ")");
}

/** The names that a pattern such as `{ a, b: [c] }` binds. */
function namesIn(pattern: Node): string[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern.name];
    case "ObjectPattern":
      return pattern.properties.flatMap((p: Node) => namesIn(p.value ?? p.argument));
    case "ArrayPattern":
      return pattern.elements.flatMap(namesIn);
    case "AssignmentPattern":
      return namesIn(pattern.left);
    case "RestElement":
      return namesIn(pattern.argument);
    default:
      return [];
  }
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1)!.length + 1 };
}
