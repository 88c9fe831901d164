import { assertEquals } from "@std/assert";
import { uncovered } from "../../tools/coverage.ts";

const report = `\
SF:/engine/a.ts
FN:1,one
FN:7,value
FN:9,value
FNDA:3,one
FNDA:0,value
FNDA:5,value
FNF:3
FNH:2
BRDA:4,0,0,12
BRDA:4,0,1,0
BRDA:5,1,0,-
BRF:3
BRH:1
DA:1,3
DA:3,0
DA:10,0
LF:3
LH:1
end_of_record
SF:/engine/b.ts
DA:1,1
end_of_record
`;

Deno.test("uncovered() names every line, branch and function that is not run", () => {
  assertEquals(uncovered(report), [
    "/engine/a.ts:3: the line is never run",
    "/engine/a.ts:4: a branch is never taken",
    "/engine/a.ts:5: a branch is never taken",
    "/engine/a.ts:7: value() is never called",
    "/engine/a.ts:10: the line is never run",
  ]);
  assertEquals(uncovered("SF:/engine/b.ts\nDA:1,1\nend_of_record\n"), []);
  assertEquals(uncovered(""), []);
});
