import { assert, assertEquals } from "@std/assert";
import { equivalent, goneOf, isListed } from "../../tools/mutate/equivalent.ts";
import { isWithin, type Mutant, mutantsOf } from "../../tools/mutate/mutants.ts";
import { slow } from "../../tools/mutate/tests.ts";

const text = `const data = [1, f(x)];
class Value { backward() { return -x; } }`;
const mutants = mutantsOf("a.ts", text);
const find = (after: string) => mutants.find((mutant) => mutant.after === after)!;
const other = find("const data = [2, f(x)];"), swapped = find("const data = [f(x), 1];");
const method = find("return x;");

Deno.test("isWithin() is true of a declaration, and of those that it is in", () => {
  for (
    const [mutant, name, expected] of [
      [method, "Value", true],
      [method, "Value.backward", true],
      [method, "Value.back", false],
      [method, "backward", false],
      [method, "", false],
      [other, "data", true],
      [other, "data.x", false],
      [{ ...other, within: "" }, "", true],
    ] satisfies [Mutant, string, boolean][]
  ) assertEquals(isWithin(mutant, name), expected, `${mutant.within}, ${name}`);
});

Deno.test("isListed() finds a mutant by its statement, or other numbers by their declaration", () => {
  const why = "it may";
  const at = { why, file: "a.ts", within: "data", before: "const data = [1, f(x)];" };
  const becomes = [other.after, "const data = 3;"];
  assert(isListed(other, { ...at, becomes }));
  assert(!isListed(swapped, { ...at, becomes }));
  for (
    const elsewhere of [
      { file: "b.ts" },
      { within: "dat" },
      { within: "" },
      { before: "const data = 1;" },
    ]
  ) assert(!isListed(other, { ...at, becomes, ...elsewhere }), JSON.stringify(elsewhere));
  // A statement is listed where it stands, and not in what is around that.
  const inMethod = { why, file: "a.ts", before: "return -x;", becomes: ["return x;"] };
  assert(isListed(method, { ...inMethod, within: "Value.backward" }));
  assert(!isListed(method, { ...inMethod, within: "Value" }));

  const declaration = { why, file: "a.ts", within: "data" };
  assert(isListed(other, declaration));
  assert(!isListed(other, { ...declaration, file: "b.ts" }));
  assert(!isListed(other, { ...declaration, within: "other" }));
  assert(!isListed(swapped, declaration));
  assert(isListed(swapped, { ...declaration, computed: true }));
  assert(!isListed(swapped, { ...declaration, computed: true, within: "other" }));
  assert(isListed(method, { why, file: "a.ts", within: "Value", computed: true }));
});

Deno.test("every reason is said, and no two entries say the same of one mutant", () => {
  for (const { why, file } of equivalent) assert(why.length > 10, file);
  const names = equivalent.flatMap(({ file, within, before, becomes = [""] }) =>
    becomes.map((after) => [file, within, before, after].join("\n"))
  );
  assertEquals(names.filter((name, k) => names.indexOf(name) < k), []);
});

Deno.test("goneOf() names what is listed of some files and is none of their mutants", () => {
  assertEquals(goneOf([], new Set()), []);
  const lab = goneOf([], new Set(["tools/lab.ts"])).map((entry) => entry.split("\n"));
  const [declaration, statement] = lab.sort((one, other) => one.length - other.length);
  assertEquals(declaration, ["tools/lab.ts", "interval"]);
  assertEquals(statement.slice(0, 2), ["tools/lab.ts", "stoppable.signals"]);
  assert(statement[2].startsWith("const signals") && statement[2].includes("SIGBREAK"));
  assert(statement[3].startsWith("const signals") && !statement[3].includes("SIGBREAK"));
  assertEquals(statement.length, 4);
  const slowly = goneOf([], new Set(["tools/exercises.ts"]));
  assert(slowly.includes("tools/exercises.ts\nstanding"));
  assert(slowly.every((entry) => entry.startsWith("tools/exercises.ts\n")));
});

Deno.test("whatever is listed is a mutant", () => {
  // Of this tool's own files `deno task mutate` says so: here a mutant would be noticed by its text.
  const files = new Set(
    [...equivalent, ...slow].map(({ file }) => file)
      .filter((file) => !file.startsWith("tools/mutate/")),
  );
  const every = [...files].flatMap((file) =>
    mutantsOf(file, Deno.readTextFileSync(new URL(`../../${file}`, import.meta.url)))
  );
  assertEquals(goneOf(every, files), []);
});
