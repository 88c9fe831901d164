/**
 * The course as pages to read without installing anything: an index, a page to play with expressions,
 * one for each executed notebook, and those of the API reference. They load nothing from elsewhere:
 * mathematics is typeset here.
 *
 * @module
 */
import { Marked, Renderer, type RendererObject } from "marked";
import type { Cell, Notebook } from "../nbformat.ts";
import { mathematics } from "./mathematics.ts";
import { escape, lines, outputHtml, pictureHtml, scrolling } from "./outputs.ts";
import { codeHtml, page, type Site } from "./page.ts";
import { reference } from "./reference.ts";
import { sanitise, textOf } from "./sanitise.ts";

/** A lesson or its exercises, all texts as HTML. */
interface Lesson {
  /** Of its notebook, such as `03_chain_rule` or `exercises/03_chain_rule`. */
  readonly name: string;
  readonly file: string;
  readonly title: string;
  /** The headings below the title. */
  readonly sections: readonly { id: string; title: string }[];
  /** What it is about: the first paragraph below its title. */
  readonly summary: string;
  readonly cells: string;
}

/** What {@linkcode pages} needs besides the notebooks. */
export interface PagesOptions extends Site {
  /** The text of the README; its introduction is the index's. */
  readonly readme: string;
  /** Reads a file, given its path. */
  readonly read: (path: string) => string;
  /** What `deno doc --html` wrote to its folder `~`, by name. */
  readonly api: ReadonlyMap<string, string>;
}

/**
 * The pages as HTML, by their paths on the site: the index, the page to play, one for each lesson and
 * for its exercises, and those of the API reference.
 *
 * @param notebooks the executed notebooks by name, such as `03_chain_rule`, in the order of lessons
 * @param options the README, how to read pictures, the API reference, and what every page knows of
 * the site
 * @returns the pages
 * @throws {Error} naming the file and the cell, for what a page cannot show: a notebook that was not
 * executed or failed, a fault in mathematics, a link to what is not on the site
 */
export function pages(
  notebooks: ReadonlyMap<string, Notebook>,
  { readme, read, api, ...site }: PagesOptions,
): Map<string, string> {
  const ways = renderer([...notebooks.keys()], read);
  const introduction = readReadme(readme, ways);
  const lessons = [...notebooks].map(([name, notebook]): Lesson => ({
    name,
    file: fileOf(name),
    ...readNotebook(name, notebook, ways),
  }));
  return new Map([
    ["index.html", indexPage(introduction, lessons, site)],
    ["play.html", playPage(site)],
    ...lessons.map((lesson) => [lesson.file, lessonPage(lesson, lessons, site)] as const),
    ...reference(api, site),
  ]);
}

function fileOf(name: string): string {
  return `${name.replace("/", "_")}.html`;
}

function isExercise(name: string): boolean {
  return name.startsWith("exercises/");
}

/** What the index takes from the README, as HTML. */
interface Introduction {
  /** The title and the first paragraph. */
  readonly first: string;
  /** The first picture. */
  readonly picture: string;
  /** How to run the course: from the first block of code to the second heading. */
  readonly rest: string;
}

function readReadme(readme: string, renderer: RendererObject): Introduction {
  const markdown = new Marked({ extensions: mathematics, renderer });
  const tokens = markdown.lexer(readme);
  const end = tokens.findIndex((token) => token.type === "heading" && token.depth > 1);
  const first = tokens.findIndex((token) => token.type === "paragraph") + 1;
  const picture = tokens.findIndex((token) =>
    token.type === "paragraph" && token.tokens?.every(({ type }) => type === "image")
  );
  const code = tokens.findIndex((token) => token.type === "code");
  const html = (start: number, end: number) => sanitise(markdown.parser(tokens.slice(start, end)));
  if (picture < first || code < picture || end < code) {
    throw new Error("README.md does not begin with a paragraph, a picture and the commands to run");
  }
  try {
    return {
      first: html(0, first),
      picture: html(picture, picture + 1),
      rest: html(code, end),
    };
  } catch (error) {
    throw new Error(`README.md ${reason(error)}`);
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
  const playAfter = playAfterCell(name, notebook);
  const cells = notebook.cells.map((cell) => {
    try {
      return cellHtml(cell, markdown) + (cell === playAfter ? playHtml(name) : "");
    } catch (error) {
      throw new Error(`notebooks/${name}.ipynb: cell ${cell.id} ${reason(error)}`);
    }
  }).join("\n");
  const [first, ...sections] = headings;
  if (first?.depth !== 1) throw new Error(`notebooks/${name}.ipynb does not begin with "# …"`);
  const [, summary = ""] = /<\/h1>\s*<p>([^]*?)<\/p>/.exec(cells) ?? [];
  return { title: first.title, sections, summary, cells };
}

/** What is wrong, without what marked adds. */
function reason(error: unknown): string {
  return (error as Error).message.replace(/\nPlease report this to .*/, "");
}

function cellHtml(cell: Cell, markdown: Marked): string {
  const source = lines(cell.source);
  if (cell.cell_type === "markdown") return sanitise(markdown.parse(source, { async: false }));
  if (cell.execution_count === null) throw new Error("was not executed: run `deno task notebooks`");
  const prose = (text: string) => markdown.parse(text, { async: false });
  const outputs = cell.outputs.map((output) => sanitise(outputHtml(output, prose))).join("");
  const note = cell.metadata.tags?.includes("measured") ? measured : "";
  return `<div class="cell" id="${escape(cell.id)}">${codeHtml(source, "ts")}` +
    (outputs && `<div class="output">${outputs}${note}</div>`) + "</div>";
}

/** The lessons with an interactive graph, and whether it starts before the backward pass. */
const plays: Record<string, "inputs" | "walk"> = {
  "02_rate_of_change": "inputs",
  "03_chain_rule": "inputs",
  "04_backpropagation": "walk",
};
const expression = "e = a * b; d = e + c; L = d * f; a = 2; b = -3; c = 10; f = -2";

/** The cell that it follows: the first that draws a graph, or the last that marks a node of one. */
function playAfterCell(name: string, { cells }: Notebook): Cell | undefined {
  const drawn = cells.filter((cell) =>
    cell.cell_type === "code" &&
    cell.outputs.some((output) => "data" in output && "image/svg+xml" in output.data)
  );
  if (plays[name] === "inputs") return drawn[0];
  return plays[name] && drawn.findLast(({ source }) => /\bmark:/.test(lines(source)));
}

function playHtml(name: string): string {
  const walk = plays[name] === "walk" ? " data-walk" : "";
  return `<div class="play" data-expression="${escape(expression)}"${walk}></div>`;
}

const measured =
  '<p class="note">Measured on another machine, before this page was made. Run it to measure on yours.</p>';

/** How Markdown becomes HTML where that differs from marked's default. */
function renderer(names: readonly string[], read: (path: string) => string): RendererObject {
  return {
    code: ({ text, lang }) => codeHtml(text, lang),
    // A picture becomes a part of the page, so that its text can be selected and read aloud.
    image: ({ href }) => pictureHtml(read(href)),
    link({ href, tokens }) {
      const [, name = "", anchor = ""] =
        /^(?:\.\.\/)*(?:notebooks\/)?((?:exercises\/)?\w+)\.ipynb(#.*)?$/.exec(href) ?? [];
      const known = names.includes(name);
      if (!known && !/^(https:|#)/.test(href)) {
        throw new Error(`links to ${href}, which is not on the site`);
      }
      const target = known ? `${fileOf(name)}${anchor}` : href;
      return `<a href="${escape(target)}">${this.parser.parseInline(tokens)}</a>`;
    },
    codespan(token) {
      const code = Renderer.prototype.codespan.call(this, token);
      const [, name = ""] = /^(exercises\/\w+)\.ts$/.exec(token.text) ?? [];
      return names.includes(name) ? `<a href="${fileOf(name)}">${code}</a>` : code;
    },
    table(token) {
      return scrolling(Renderer.prototype.table.call(this, token));
    },
  };
}

function indexPage(
  { first, picture, rest }: Introduction,
  lessons: readonly Lesson[],
  site: Site,
): string {
  const list = (lessons: readonly Lesson[]) =>
    `<ol class="contents">${
      lessons.map(({ file, title, summary }) =>
        `<li><a href="${file}">${title}</a> ${summary}</li>`
      ).join("\n")
    }</ol>`;
  const exercises = lessons.filter(({ name }) => isExercise(name));
  return page({
    ...site,
    file: "index.html",
    title: "Micro Grad",
    description: textOf(first.replace(/<h1[^]*?<\/h1>/, "")),
    body: `<main>${first}${list(lessons.filter(({ name }) => !isExercise(name)))}
${exercises.length > 0 ? `<h2 id="exercises">Exercises</h2>${list(exercises)}` : ""}
<h2 id="more">Play, and look things up</h2>
${picture}
<p><a href="play.html">Play</a> with an expression of your own: its graph, its gradients, one step at a
time. The <a href="api/index.html">API reference</a> describes the engine.</p>
<h2 id="on-your-machine">On your machine</h2>
${clone(site) || "<p>Get the folder of the course, and open a terminal in it.</p>"}
<p>Node is all it takes:</p>
${rest}</main>`,
  });
}

/** The page with an interactive graph of any expression, which is in the address of the page. */
function playPage(site: Site): string {
  return page({
    ...site,
    file: "play.html",
    title: "Play · Micro Grad",
    description:
      "Type an expression, move its inputs, and walk back through its graph: every gradient.",
    live: "play",
    body: `<main>
<h1>Play</h1>
<p>Type an expression and move its inputs: every number and every gradient of the graph follows. All of it
is in the address of this page, so you can send it to somebody.</p>
<div class="play" data-open data-expression="L = (a * b + c) * f; a = 2; b = -3; c = 10; f = -2">
<p class="note">This page computes in your browser: it needs JavaScript, and it must come from a web server.</p>
</div>
</main>`,
  });
}

/** How to get the course, if the address of its repository is known. */
function clone({ repository }: Site): string {
  if (!repository) return "";
  const folder = repository.replace(/\/$/, "").split("/").at(-1)!.replace(/\.git$/, "");
  return `<p>Get the course, and go to its folder:</p>
${codeHtml(`git clone ${repository}\ncd ${folder}`)}`;
}

function lessonPage(lesson: Lesson, lessons: readonly Lesson[], site: Site): string {
  const kind = lessons.filter(({ name }) => isExercise(name) === isExercise(lesson.name));
  const items = lessons.map(({ file, title, sections }) => {
    if (file !== lesson.file) return `<li><a href="${file}">${title}</a></li>`;
    const inner = sections.map(({ id, title }) =>
      `<li><a href="#${encodeURIComponent(id)}">${title}</a></li>`
    );
    return `<li><a href="#" aria-current="page">${title}</a><ol>${inner.join("\n")}</ol></li>`;
  });
  const k = kind.indexOf(lesson);
  const beside = [["prev", kind[k - 1]], ["next", kind[k + 1]]] as const;
  const neighbours = beside.map(([rel, lesson]) =>
    lesson ? `<a rel="${rel}" href="${lesson.file}">${lesson.title}</a>` : ""
  );
  const script = isExercise(lesson.name) ? `${lesson.name}.ts` : `lessons/${lesson.name}.ts`;
  return page({
    ...site,
    file: lesson.file,
    title: `${lesson.title} · Micro Grad`,
    description: textOf(lesson.summary),
    links: '<a href="#lessons">All lessons</a>',
    live: lesson.name in plays ? "play" : "cells",
    body: `<main>
${lesson.cells}
<div class="run">${clone(site)}<p>Run it in a terminal, in the folder of the course:
<code>npx --yes deno run ${escape(script)}</code></p></div>
<nav class="neighbours" aria-label="Previous and next lesson">${neighbours.join("\n")}</nav>
</main>
<nav id="lessons" aria-label="Lessons"><ol>${items.join("\n")}</ol></nav>`,
  });
}
