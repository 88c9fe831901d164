// The text of a lesson, taken apart: its prose, its code, and which lines of code only show things.

/** One cell of a lesson: prose without its `// `, or code without `tell();`. */
export interface LessonCell {
  readonly isProse: boolean;
  readonly text: string;
}

/** The cells of a lesson in percent format. */
export function cellsOf(lesson: string): LessonCell[] {
  const [, ...parts] = lesson.split(/^\/\/ %%(.*)\n/m);
  return parts.flatMap((body, k) => {
    if (k % 2 === 0) return [];
    const isProse = parts[k - 1] === " [markdown]";
    const text = isProse ? body.replace(/^\/\/ ?/gm, "") : body.replace(/^tell\(\);\n/, "");
    return [{ isProse, text: text.trim() }];
  });
}

/** How many lines of code a lesson has, and how many belong to calls of helpers that show things. */
export function showing(lesson: string): { code: number; shows: number } {
  const cells = cellsOf(lesson).filter(({ isProse }) => !isProse).map(({ text }) => text);
  const code = cells.join("\n").split("\n")
    .filter((line) => line.trim() !== "" && !/^\s*(\/\/|\/\*\*|\*)/.test(line)).join("\n");
  const imports = /^import \{([^}]*)\} from "\.\.\/lessons\/(?:show|plot)\.ts";/gm;
  const helpers = [...code.matchAll(imports)].flatMap(([, names]) => names.split(","))
    .map((name) => name.trim()).filter((name) => name !== "" && !name.startsWith("type "));
  const calls = new RegExp(`(?<![\\w.])(?:${helpers.join("|")})\\(`, "g");
  const lines = new Set<number>();
  const lineAt = (index: number) => code.slice(0, index).split("\n").length;
  for (const { 0: call, index } of helpers.length > 0 ? code.matchAll(calls) : []) {
    const end = closing(code, index + call.length);
    for (let line = lineAt(index); line <= lineAt(end); line++) lines.add(line);
  }
  // The columns of a table that are written down before its call are a part of it.
  for (
    const { 0: object, 1: name, index } of code.matchAll(/^const (\w+) = [{[]$[^]*?^[}\]].*;$/gm)
  ) {
    const [from, to] = [lineAt(index), lineAt(index + object.length)];
    const uses = [...code.matchAll(new RegExp(`(?<![\\w.])${name}\\b(?!:)`, "g"))]
      .map(({ index }) => lineAt(index)).filter((line) => line < from || line > to);
    if (uses.every((line) => lines.has(line) && /\btable\(/.test(code.split("\n")[line - 1]))) {
      for (let line = from; line <= to; line++) lines.add(line);
    }
  }
  return { code: code.split("\n").length, shows: lines.size };
}

/** Where the parenthesis closes that was opened before `start`. */
function closing(code: string, start: number): number {
  let depth = 1, at = start;
  // The ends of the template strings that the walk is within: a brace leads back into one.
  const braces: boolean[] = [];
  const skip = (quote: string) => {
    for (; at < code.length && code[at] !== quote; at++) {
      if (code[at] === "\\") at++;
      else if (quote === "`" && code.startsWith("${", at)) {
        braces.push(true);
        at++;
        return;
      }
    }
  };
  for (; depth > 0 && at < code.length; at++) {
    const sign = code[at];
    if (/["'`]/.test(sign)) {
      at++;
      skip(sign);
    } else if (sign === "{") braces.push(false);
    else if (sign === "}") {
      if (braces.pop()) {
        at++;
        skip("`");
      }
    } else if (sign === "(") depth++;
    else if (sign === ")") depth--;
  }
  return at - 1;
}
