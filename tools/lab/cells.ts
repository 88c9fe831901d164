/**
 * Answers questions about cells: lab.py sends each as one line of JSON.
 *
 * @module
 */
import process from "node:process";
import { createInterface } from "node:readline/promises";
import { tsPlugin } from "@sveltejs/acorn-typescript";
import { Parser } from "acorn";

const TypeScript = Parser.extend(tsPlugin() as unknown as (base: typeof Parser) => typeof Parser);

/**
 * Rewrites a cell so that its last expression is always shown. The Deno kernel shows nothing when it is a
 * number that JSON cannot represent, such as NaN, a bigint or null.
 *
 * @param code the cell
 * @returns the cell to run; the same text when it does not end in an expression or cannot be parsed
 *
 * @example
 * ```ts
 * showing("const x = 0;\nx / x"); // "const x = 0;\n;[(x / x)].map(…)[0]"
 * ```
 */
export function showing(code: string): string {
  const last = lastStatement(code);
  if (last?.type !== "ExpressionStatement") return code;
  const { start } = last, end = code[last.end - 1] === ";" ? last.end - 1 : last.end;
  // The line before may lack its semicolon.
  return `${code.slice(0, start)};[(${code.slice(start, end)})].map(${displayable})[0]` +
    code.slice(end);
}

function lastStatement(code: string): { type: string; start: number; end: number } | undefined {
  try {
    return TypeScript.parse(code, {
      sourceType: "module",
      ecmaVersion: "latest",
      // The parser of TypeScript needs them.
      locations: true,
    }).body.at(-1);
  } catch {
    return undefined; // The kernel reports the error.
  }
}

/** What the kernel can show in place of `x`. Its source is put into cells, so it must be self-contained. */
function displayable(x: unknown): unknown {
  const lost = x === null || typeof x === "bigint" ||
    typeof x === "number" && (!Number.isFinite(x) || Object.is(x, -0));
  return lost ? { [Symbol.for("Jupyter.display")]: () => ({ "text/plain": Deno.inspect(x) }) } : x;
}

/** A documented name. */
export interface Entry {
  /** The name. */
  readonly name: string;
  /** The class or interface that it is a member of. */
  readonly of?: string;
  /** Whether it is a member of the class itself. */
  readonly isStatic: boolean;
  /** Its declaration as in the source, on one line. */
  readonly signature: string;
  /** Its description, parameters, result and errors. */
  readonly text: string;
}

/** A declaration in the output of `deno doc --json`, as far as it is used here. */
interface Declaration {
  readonly name?: string;
  readonly kind?: string;
  readonly isStatic?: boolean;
  readonly location: { readonly filename: string; readonly line: number };
  readonly jsDoc?: { readonly doc?: string; readonly tags?: readonly Tag[] };
  readonly def?: {
    readonly hasBody?: boolean;
    readonly constructors?: readonly Declaration[];
    readonly properties?: readonly Declaration[];
    readonly methods?: readonly Declaration[];
  };
}

interface Tag {
  readonly kind: string;
  readonly name?: string;
  readonly tsType?: { readonly repr: string };
  readonly doc?: string;
}

/** The output of `deno doc --json`. */
export interface Documentation {
  readonly nodes: Readonly<
    Record<
      string,
      {
        readonly symbols: readonly {
          readonly name: string;
          readonly declarations: readonly Declaration[];
        }[];
      }
    >
  >;
}

/**
 * Lists the documented names.
 *
 * @param documentation the output of `deno doc --json`
 * @param read returns the text of the file at a URL
 * @returns an entry for each exported declaration and for each member
 */
export function entriesOf({ nodes }: Documentation, read: (url: string) => string): Entry[] {
  const entryOf = (declaration: Declaration, name: string, of?: string): Entry => ({
    name,
    of,
    isStatic: declaration.isStatic ?? false,
    signature: signatureOf(declaration, read).replace(/^constructor/, `new ${name}`)
      .replace(/^/, of === undefined ? "" : `${of}.`),
    text: textOf(declaration),
  });
  return Object.values(nodes).flatMap(({ symbols }) => symbols).flatMap((symbol) =>
    symbol.declarations.flatMap((declaration, _, { length }) => {
      // The implementation of overloads has no public signature.
      if (length > 1 && declaration.def?.hasBody) return [];
      const { constructors = [], properties = [], methods = [] } = declaration.def ?? {};
      return [
        ...[declaration, ...constructors].map((part) => entryOf(part, symbol.name)),
        ...[...properties, ...methods].filter(({ kind }) => kind !== "setter")
          .map((member) => entryOf(member, member.name!, symbol.name)),
      ];
    })
  );
}

/** The source of a declaration, up to its body or its semicolon. */
function signatureOf({ location }: Declaration, read: (url: string) => string): string {
  const lines = read(location.filename).split("\n").slice(location.line);
  const [declaration] = /^[^]*?(?=\s*\{\s*\n|;\n|$)/.exec(lines.join("\n"))!;
  return declaration.trim().replace(/^((export|static|abstract|readonly|get) )*/, "").replace(
    /,?\s*\n\s*(?=\))/g,
    "",
  )
    .replace(/\(\s*\n\s*/g, "(").replace(/\s*\n\s*/g, " ");
}

function textOf({ jsDoc: { doc = "", tags = [] } = {} }: Declaration): string {
  const lines = tags.flatMap(({ kind, name, tsType, doc = "" }) =>
    ["param", "return", "throws"].includes(kind)
      ? [[`@${kind}`, name, tsType && `{${tsType.repr}}`, doc].filter(Boolean).join(" ")]
      : []
  );
  return [doc.trim(), lines.join("\n")].filter(Boolean).join("\n\n")
    .replace(/\{@link(?:code|plain)? ([^}]*)\}/g, "$1");
}

/**
 * Looks up the documentation of the name at the cursor or, if it has none, of the enclosing call. Members
 * are looked up by name alone, since only the kernel knows the object's type.
 *
 * @param code the cell
 * @param cursor its position, in code points, as Jupyter counts
 * @param entries the documented names
 * @returns each signature with its description; `undefined` if there is no documentation
 *
 * @example
 * ```ts
 * describe("a.mul(b)", 5, entries); // "Value.mul(other: Value | number): Value\n\nThe product: this · other."
 * ```
 */
export function describe(
  code: string,
  cursor: number,
  entries: readonly Entry[],
): string | undefined {
  const at = [...code].slice(0, cursor).join("").length;
  for (const path of pathsAt(code, at)) {
    const name = path.at(-1), owner = path.at(-2);
    const named = entries.filter((entry) => entry.name === name);
    const ofClass = named.filter(({ of, isStatic }) => isStatic && of === owner);
    const found = owner === undefined
      ? named.filter(({ of }) => of === undefined)
      : ofClass.length > 0
      ? ofClass
      : named.filter(({ of, isStatic }) => of !== undefined && !isStatic);
    if (found.length > 0) {
      return found.map(({ signature, text }) => `${signature}\n\n${text}`.trim()).join("\n\n\n");
    }
  }
}

/** The names at the cursor, such as `["a", "mul"]` in `a.mul(b)`, then those of the enclosing calls. */
function* pathsAt(code: string, cursor: number): Generator<string[]> {
  const pathAt = (at: number, after = "") =>
    (/(?:[\w$]|[?!]?\.)*$/.exec(code.slice(0, at))![0] + after).split(/[?!]?\./);
  yield pathAt(cursor, /^[\w$]*/.exec(code.slice(cursor))![0]);
  let closed = 0;
  for (let at = cursor - 1; at >= 0; at--) {
    if (/[)\]}]/.test(code[at])) closed++;
    else if (/[([{]/.test(code[at])) {
      if (closed > 0) closed--;
      else if (code[at] === "(") yield pathAt(at);
    }
  }
}

/** Answers one question: `{ code }`, or `{ code, cursor }`. */
async function answer(
  { code, cursor }: { code: string; cursor?: number },
  files: string[],
): Promise<{ code?: string; text?: string }> {
  if (cursor === undefined) return { code: showing(code) };
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--json", ...files],
    stderr: "null",
  }).output();
  const documentation = JSON.parse(new TextDecoder().decode(stdout));
  const entries = entriesOf(documentation, (url) => Deno.readTextFileSync(new URL(url)));
  return { text: describe(code, cursor, entries) };
}

if (import.meta.main) {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await answer(JSON.parse(line), Deno.args)));
  }
}
