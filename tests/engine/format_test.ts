import { assertEquals } from "@std/assert";
import { columns, escapeXml, formatNumber, printable, printedNumber } from "../../engine/format.ts";

Deno.test("formatNumber() shows six significant digits and no trailing zeros", () => {
  const shown: [number, string][] = [
    [0, "0"],
    [-0, "-0"],
    [-8, "-8"],
    [100000, "100000"],
    [999999.4, "999999"],
    [999999.5, "1e+6"],
    [123456789, "1.23457e+8"],
    [0.1 + 0.2, "0.3"],
    [Math.SQRT1_2, "0.707107"],
    [138.83381924198252, "138.834"],
    [14.00300000000243, "14.003"],
    [0.000001, "0.000001"],
    [1e-9, "1e-9"],
    [-1.23456789e-7, "-1.23457e-7"],
    [2 ** 200, "1.60694e+60"],
    [NaN, "NaN"],
    [Infinity, "Infinity"],
    [-Infinity, "-Infinity"],
  ];
  for (const [x, text] of shown) assertEquals(formatNumber(x), text);
});

Deno.test("printedNumber() uses the minus sign of mathematics", () => {
  const shown = [-8, 0.5, -1.5e-9, 1e-9, -Infinity].map(printedNumber);
  assertEquals(shown, ["−8", "0.5", "−1.5e−9", "1e−9", "−Infinity"]);
});

Deno.test("printable() shows control characters as their pictures and keeps all other text", () => {
  assertEquals(printable("\0\t\n\x1b[1m\x7f"), "␀␉␊␛[1m␡");
  assertEquals(printable("\x9b\u2029\uffff\ud83d"), "\ufffd\ufffd\ufffd\ufffd");
  assertEquals(printable('∂L/∂w₁ 重み 😀 \\n <"&'), '∂L/∂w₁ 重み 😀 \\n <"&');
});

Deno.test("escapeXml() leaves no markup", () => {
  assertEquals(escapeXml('<a b="c">&amp;</a>\n'), "&lt;a b=&quot;c&quot;&gt;&amp;amp;&lt;/a&gt;␊");
});

Deno.test("columns() is the width of a text in a terminal", () => {
  const counts = ["", "abc", "∂L/∂w₁", "│ ├──", "重み", "가", "😀", "e\u0301", "Ａ"].map(columns);
  assertEquals(counts, [0, 3, 6, 5, 4, 2, 2, 1, 2]);
});
