/**
 * The course as pages to read without installing anything: one for each executed notebook, and an
 * index. They ask no other machine for anything: mathematics is typeset here.
 *
 * @module
 */
import { Marked, Renderer, type RendererObject } from "marked";
import { highlight } from "sugar-high";
import type { Cell, Notebook } from "../nbformat.ts";
import { mathematics } from "./mathematics.ts";
import { escape, lines, outputHtml, pictureHtml, scrolling } from "./outputs.ts";
import { sanitise, textOf } from "./sanitise.ts";

/** A lesson, all its texts as HTML. Its file is `${name}.html`. */
interface Lesson {
  readonly name: string;
  readonly title: string;
  /** The headings below the title. */
  readonly sections: readonly { id: string; title: string }[];
  /** What the table in the README says about it. */
  readonly summary: string;
  readonly cells: string;
}

/**
 * The pages as HTML, by their files' names: one for each lesson, and the index, which says what the
 * README says in its introduction and in its table of lessons.
 *
 * @param notebooks the executed notebooks by name, such as `03_chain_rule`, in the order of lessons
 * @param options `readme`: the text of the README; `read`: gets a picture's text from its path
 * @returns the pages
 * @throws {Error} naming the file and the cell, for what a page cannot show: a notebook that was not
 * executed or failed, a fault in mathematics, a link to what is not on the site
 */
export function pages(
  notebooks: ReadonlyMap<string, Notebook>,
  { readme, read }: { readme: string; read: (path: string) => string },
): Map<string, string> {
  const ways = renderer([...notebooks.keys()], read);
  const { introduction, summaries } = readReadme(readme, ways);
  const lessons = [...notebooks].map(([name, notebook]) => {
    const summary = summaries.get(name);
    if (!summary) throw new Error(`README.md has no row for notebooks/${name}.ipynb: add one`);
    return { name, summary, ...readNotebook(name, notebook, ways) };
  });
  return new Map([
    ["index.html", indexPage(introduction, lessons)],
    ...lessons.map((lesson, k) => [`${lesson.name}.html`, lessonPage(lesson, lessons, k)] as const),
  ]);
}

/** What stands before the second heading, and the last cell of each lesson's row, as HTML. */
function readReadme(readme: string, renderer: RendererObject) {
  const markdown = new Marked({ extensions: mathematics, renderer });
  const tokens = markdown.lexer(readme);
  const end = tokens.findIndex((token) => token.type === "heading" && token.depth > 1);
  const summaries = new Map<string, string>();
  try {
    for (const row of tokens.flatMap((token) => token.type === "table" ? token.rows : [])) {
      const name = /\(notebooks\/(\w+)\.ipynb\)/.exec(row[0].text)?.[1];
      const { text, tokens } = row.at(-1);
      if (name) {
        const summary = markdown.parser([{ type: "text", raw: text, text, tokens }]);
        summaries.set(name, sanitise(summary));
      }
    }
    return { introduction: sanitise(markdown.parser(tokens.slice(0, end))), summaries };
  } catch (error) {
    throw new Error(`README.md ${(error as Error).message}`);
  }
}

function readNotebook(name: string, notebook: Notebook, renderer: RendererObject) {
  const headings: { id: string; title: string; depth: number }[] = [];
  const markdown = new Marked({
    extensions: mathematics,
    renderer: {
      ...renderer,
      heading({ tokens, depth, text }) {
        // The same as JupyterLab's, so that a link works in both.
        const id = text.replace(/[`$*\\]/g, "").replaceAll(" ", "-");
        if (headings.some((heading) => heading.id === id)) {
          throw new Error(`repeats the heading "${text}": links need another`);
        }
        const title = sanitise(this.parser.parseInline(tokens));
        headings.push({ id, title, depth });
        return `<h${depth} id="${escape(id)}">${title}</h${depth}>\n`;
      },
    },
  });
  const cells = notebook.cells.map((cell) => {
    try {
      return cellHtml(cell, markdown);
    } catch (error) {
      throw new Error(`notebooks/${name}.ipynb: cell ${cell.id} ${(error as Error).message}`);
    }
  }).join("\n");
  const [first, ...sections] = headings;
  if (first?.depth !== 1) throw new Error(`notebooks/${name}.ipynb does not begin with "# …"`);
  return { title: first.title, sections, cells };
}

function cellHtml(cell: Cell, markdown: Marked): string {
  const source = lines(cell.source);
  if (cell.cell_type === "markdown") return sanitise(markdown.parse(source, { async: false }));
  if (cell.execution_count === null) throw new Error("was not executed: run `deno task notebooks`");
  const prose = (text: string) => markdown.parse(text, { async: false });
  const outputs = cell.outputs.map((output) => sanitise(outputHtml(output, prose))).join("");
  return `<div class="cell" id="${escape(cell.id)}">${codeHtml(source, "ts")}` +
    (outputs && `<div class="output">${outputs}</div>`) + "</div>";
}

/** How Markdown becomes HTML, where it is not marked's own way. */
function renderer(names: readonly string[], read: (path: string) => string): RendererObject {
  return {
    code: ({ text, lang }) => codeHtml(text, lang),
    // A picture becomes a part of the page, so that its text can be selected and read aloud.
    image: ({ href }) => pictureHtml(read(href)),
    link({ href, tokens }) {
      const [, name, anchor = ""] = /^(?:notebooks\/)?(\w+)\.ipynb(#.*)?$/.exec(href) ?? [];
      const known = names.includes(name);
      if (!known && !/^(https:|#)/.test(href)) {
        throw new Error(`links to ${href}, which is not on the site`);
      }
      const target = known ? `${name}.html${anchor}` : href;
      return `<a href="${escape(target)}">${this.parser.parseInline(tokens)}</a>`;
    },
    table(token) {
      return scrolling(Renderer.prototype.table.call(this, token));
    },
  };
}

function codeHtml(text: string, language = ""): string {
  return `<pre class="code"><code>${
    language === "ts" ? highlight(text, { lang: "typescript" }) : escape(text)
  }</code></pre>`;
}

function indexPage(introduction: string, lessons: readonly Lesson[]): string {
  const items = lessons.map(({ name, title, summary }) =>
    `<li><a href="${name}.html">${title}</a> ${summary}</li>`
  );
  return page("Micro Grad", `<main>${introduction}<ol>${items.join("\n")}</ol></main>`);
}

function lessonPage(lesson: Lesson, lessons: readonly Lesson[], k: number): string {
  const items = lessons.map(({ name, title, sections }) => {
    if (name !== lesson.name) return `<li><a href="${name}.html">${title}</a></li>`;
    const inner = sections.map(({ id, title }) =>
      `<li><a href="#${encodeURIComponent(id)}">${title}</a></li>`
    );
    return `<li><a href="#" aria-current="page">${title}</a><ol>${inner.join("\n")}</ol></li>`;
  });
  const beside = [["prev", lessons[k - 1]], ["next", lessons[k + 1]]] as const;
  const neighbours = beside.map(([rel, lesson]) =>
    lesson ? `<a rel="${rel}" href="${lesson.name}.html">${lesson.title}</a>` : ""
  );
  return page(
    `${lesson.title} · Micro Grad`,
    `<header><a href="index.html">Micro Grad</a> <a href="#lessons">All lessons</a></header>
<main>
${lesson.cells}
<p class="run">Change a number and run it: <code>npx --yes deno run lessons/${lesson.name}.ts</code></p>
<nav class="neighbours" aria-label="Previous and next lesson">${neighbours.join("\n")}</nav>
</main>
<nav id="lessons" aria-label="Lessons"><ol>${items.join("\n")}</ol></nav>`,
    { live: true },
  );
}

function page(title: string, body: string, { live = false } = {}): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${live ? livePolicy : policy}">
<meta name="viewport" content="width=device-width">
<title>${escape(textOf(title))}</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}">
<link rel="stylesheet" href="katex/katex.min.css">
<link rel="stylesheet" href="site.css">
${live ? '<script src="live/start.js" defer></script>\n' : ""}</head>
<body>
${body}
</body>
</html>
`;
}

/** What a page may load: styles and fonts of its own. No script, no frame, nothing from elsewhere. */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "font-src 'self'",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** A page with cells that run loads scripts of its own; the worker that runs them has its own rules. */
const livePolicy = `${policy}; script-src 'self'; worker-src 'self'`;

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
<text x="8" y="14" font-size="17" text-anchor="middle" fill="#0072b2">∂</text></svg>`;
