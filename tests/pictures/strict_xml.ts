/**
 * Reading XML strictly, and texts that would be markup, commands or escapes if they could.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";

/** An element of an XML text. */
export interface Element {
  name: string;
  attributes: Map<string, string>;
  /** The text of this element alone. */
  text: string;
}

/** The elements of an XML text, in order; throws where the text is not well-formed. */
export function parseXml(xml: string): Element[] {
  // The characters that XML allows, of which the controls are tab, line feed and carriage return.
  assertMatch(xml, /^[\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u);
  const elements: Element[] = [];
  const open: Element[] = [];
  const token = /<(\/?)([\w:]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;
  let end = 0;
  for (const [all, close, name, attributes, empty, text] of xml.matchAll(token)) {
    end += all.length;
    if (text !== undefined) {
      assert(!text.includes("]]>"), "the end of a section that has not begun");
      if (open.length > 0) open[open.length - 1].text += unescapeXml(text);
      else assertEquals(text.trim(), "");
    } else if (close) {
      assertEquals(open.pop()?.name, name);
    } else {
      const element: Element = { name, attributes: new Map(), text: "" };
      for (const [, key, value] of attributes.matchAll(/([\w:-]+)="([^"]*)"/g)) {
        assert(!element.attributes.has(key), `${key} twice`);
        element.attributes.set(key, unescapeXml(value));
      }
      elements.push(element);
      if (!empty) open.push(element);
    }
  }
  assertEquals(
    [end, open.length],
    [xml.length, 0],
    "the rest is not XML: " + xml.slice(end, end + 80),
  );
  return elements;
}

function unescapeXml(text: string): string {
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&([^;]*);?/g, (all, name: string) => {
    if (/^#\d+$/.test(name)) return String.fromCodePoint(Number(name.slice(1)));
    assert(all.endsWith(";") && name in named, `${all} is no entity`);
    return named[name];
  });
}

/** Labels that are markup, separators or escapes somewhere on the way to the screen. */
export const hostileLabels = [
  '"quoted"',
  "it's",
  "<b>bold</b>",
  "<script>alert(1)</script>",
  "a & b &amp; &lt; &#60; &nosuch;",
  "\\N \\G \\L \\E \\T \\H",
  "\\n\\l\\r",
  "\\",
  "\\\\\\N\\\\",
  "{x|y} | <port>",
  "]; evil -> graph [label=<<B>",
  "-- // /* */ #",
  "<!-- comment -->",
  "]]> <![CDATA[ <?xml ?>",
  "</TD></TR></TABLE>>",
  '</text></svg> id="n0"',
  "<title>n0</title>\n",
  "$& $1 $` $'",
  "%1 %s ${x}",
  "  two  spaces   three ",
  "no\u00a0break",
  "∂L/∂w₁ αβγ ½",
  "重み 가중치 😀👩‍🚀 e\u0301",
  "zero \u200b width",
  "constructor __proto__",
  "two\nlines & <more>\n\nlast",
  "\n",
];

/** Characters that no XML may hold or no terminal shows, and what stands for them. */
export const controlLabels = [
  ["\0", "␀"],
  ["\x1b[31mred\x1b[0m", "␛[31mred␛[0m"],
  ["tab\there\r", "tab␉here␍"],
  ["\x07\x7f\x85\u2028", "␇␡\ufffd\ufffd"],
  ["half \ud83d of a pair", "half \ufffd of a pair"],
  ["\ufffe\uffff", "\ufffd\ufffd"],
  [
    "\u202eright to left\u202c \u2066isolated\u2069",
    "\ufffdright to left\ufffd \ufffdisolated\ufffd",
  ],
];
