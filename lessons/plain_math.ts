/**
 * The mathematics of the lessons, written in LaTeX, as Unicode that reads well in a terminal.
 *
 * @module
 */

/** Commands that are one sign or word. */
const signs = pairs(
  "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε eta η theta θ lambda λ mu μ pi π rho ρ " +
    "sigma σ tau τ phi φ Delta Δ Sigma Σ partial ∂ nabla ∇ cdot · times × to → approx ≈ ne ≠ neq ≠ " +
    "le ≤ leq ≤ ge ≥ geq ≥ ll ≪ gg ≫ pm ± infty ∞ sum Σ prod ∏ dots … ldots … cdots … leftarrow ← " +
    "in ∈ mapsto ↦ Rightarrow ⇒ iff ⇔ mid | circ ∘ odot ⊙ top ᵀ prime ′ ell ℓ lfloor ⌊ rfloor ⌋ " +
    "lvert | rvert | vert |",
  /(\S+) (\S+)/g,
);
const functions = /^(exp|log|ln|tanh|sinh|cosh|sin|cos|tan|max|min|relu|sigmoid|softmax|lim)$/;

/** Commands that only say how large something is or which letters it is set in. */
const ignored = /^(left|right|[bB]igg?[lr]?|displaystyle|textstyle|limits|,|;|:|!|>)$/;
const wrappers = /^(text|mathrm|mathit|mathbf|operatorname|textbf|textit)$/;

const superscripts = pairs(
  "0⁰1¹2²3³4⁴5⁵6⁶7⁷8⁸9⁹+⁺−⁻=⁼(⁽)⁾aᵃbᵇcᶜdᵈeᵉfᶠgᵍhʰiⁱjʲkᵏlˡmᵐnⁿoᵒpᵖrʳsˢtᵗuᵘvᵛwʷxˣyʸzᶻTᵀLᴸ",
  /(.)(.)/gu,
);
const subscripts = pairs(
  "0₀1₁2₂3₃4₄5₅6₆7₇8₈9₉+₊−₋=₌(₍)₎aₐeₑhₕiᵢjⱼkₖlₗmₘnₙoₒpₚrᵣsₛtₜuᵤvᵥxₓ",
  /(.)(.)/gu,
);

/** The two groups of each match, the first by the second. */
function pairs(text: string, pattern: RegExp): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(pattern)].map(([, from, to]) => [from, to]));
}

/**
 * A formula as text: `\frac{dL}{da} = x^2` becomes `dL/da = x²`, and the lines of `aligned` are lines.
 *
 * @param latex the formula, without its dollar signs
 * @returns the formula as text; a command that is not known stays as it is, with its backslash
 */
export function plainMath(latex: string): string {
  const tokens = latex.trim().match(/\\[a-zA-Z]+|\\[^]|\s+|[^]/g) ?? [];
  let at = 0;

  /** One argument: a group in braces, or the next sign. */
  function argument(): string {
    while (/^\s/.test(tokens[at])) at++;
    if (tokens[at] === "{") {
      at++;
      return tidy(sequence("}"));
    }
    return one();
  }

  function sequence(end?: string): string {
    let text = "";
    while (at < tokens.length && tokens[at] !== end) text += one();
    at++;
    return text;
  }

  function one(): string {
    const token = tokens[at++];
    if (/^\s/.test(token)) return " ";
    if (token === "{") return sequence("}");
    if (token === "^") return raised(argument(), superscripts, "^");
    if (token === "_") return raised(argument(), subscripts, "_");
    if (token === "-") return "−";
    if (token === "'") return "′";
    const name = token.slice(1); // Nothing, where the token is no command.
    if (/^[td]?frac$/.test(name)) {
      const above = argument(), below = argument();
      return `${operand(above)}/${/^\d+\p{L}/u.test(below) ? `(${below})` : operand(below)}`;
    }
    if (name === "sqrt") {
      const under = argument();
      return /^[\p{L}\d.]+$/u.test(under) ? `√${under}` : `√(${under})`;
    }
    if (name === "lim" && tokens[at] === "_") {
      at++;
      return `lim ${argument().replaceAll(" ", "")} `;
    }
    if (name === "bar") return `${argument()}\u0304`;
    if (name === "hat") return `${argument()}\u0302`;
    if (wrappers.test(name)) return verbatim();
    if (name === "begin") return environment(verbatim());
    if (functions.test(name)) return name;
    if (/^q?quad$/.test(name)) return "   ";
    if (signs.has(name)) return signs.get(name)!;
    if (ignored.test(name)) return /^[,;:>]$/.test(name) ? " " : "";
    if (name === "\\") return "\n";
    if (/^[{}%$#&_ ]$/.test(name)) return name;
    return token;
  }

  /** What stands in braces, as it is: words, not mathematics. */
  function verbatim(): string {
    while (/^\s/.test(tokens[at])) at++;
    let text = "";
    for (at++; at < tokens.length && tokens[at] !== "}"; at++) text += tokens[at];
    at++;
    return text.replace(/\\(.)/g, "$1");
  }

  /** The lines of `aligned` or `cases`, with what stands between two `&` in columns. */
  function environment(name: string): string {
    const text = sequence("\\end");
    verbatim();
    const rows = text.split("\n").map((row) => row.split("&").map((cell) => tidy(cell)));
    const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => (row[k] ?? "").length)));
    const lines = rows.map((row) =>
      row.map((cell, k) =>
        name === "aligned" && k % 2 === 0 ? cell.padStart(widths[k]) : cell.padEnd(widths[k])
      )
        .join(name === "aligned" ? " " : "   ").trimEnd()
    );
    return name === "cases" ? `{ ${lines.join("\n  ")}` : lines.join("\n");
  }

  const text = sequence();
  return /\n/.test(text) ? hanging(text.trimEnd()) : tidy(text);
}

/** Several lines after a beginning, such as f(x) = { …: the others stand under the first. */
function hanging(text: string): string {
  const [first, ...others] = text.split("\n");
  const margin = " ".repeat(Math.max(0, first.indexOf("{ ")));
  return [first, ...others.map((line) => margin + line)].join("\n");
}

/** One space around · and ×, none behind ∂ and Δ nor within parentheses or at the ends. A wide gap stays. */
function tidy(text: string): string {
  return text.replace(/ *([·×]) */g, " $1 ").replace(/(?<=\() +| +(?=\))/g, "").replace(
    /([∂Δ∇]) (?=\p{L})/gu,
    "$1",
  ).replace(
    / {4,}/g,
    "   ",
  ).replace(
    /(?<! ) {2}(?! )/g,
    " ",
  ).trim();
}

function raised(text: string, signs: ReadonlyMap<string, string>, mark: string): string {
  const tight = text.replaceAll(" ", "");
  if ([...tight].every((sign) => signs.has(sign))) {
    return [...tight].map((sign) => signs.get(sign)).join("");
  }
  if (/^[′ᵀ]+$/.test(tight)) return tight;
  return /^[\p{Ll}\p{Lu}\d.]+$/u.test(tight) ? mark + tight : `${mark}(${text})`;
}

/** Parentheses around what is not one number, name, power or call. */
function operand(text: string): string {
  const whole =
    /^([−-]?[\p{L}\p{M}\p{N}.′∂ΔΣ√]+|[\p{L}′]*\([^()]*\)|[\p{L}\d]\^\([^()]*\)|√\([^()]*\))$/u;
  return whole.test(text) ? text : `(${text})`;
}
