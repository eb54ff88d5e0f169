import type { Expression } from "./expression.ts";

/** A mistake in a sentence template; `offset` counts characters from its start. */
export class SentenceSyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Bounds the recursion of the parser. */
const MAX_DEPTH = 60;
/** Bounds the 2ⁿ subsets of a permutation. */
const MAX_PERMUTED = 7;
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "<": ">" };
const RANGE = /^(-?\d+)\.\.(-?\d+)(?:,(\d+))?$/;
const SPECIAL = new Set("()[]{}<>|;\\");

/**
 * Parses one sentence template: "turn on [the] (light|lamp)[s] in {area:room}", `<rule>`, `(a;b)` in any
 * order, `{0..100,10:slot}`, `\` before a literal character.
 * @throws SentenceSyntaxError
 */
export function parseSentence(template: string): Expression {
  const parser = new SentenceParser(template);
  const expression = parser.group("", 0);
  return expression;
}

class SentenceParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads up to the closing character, or to the end for the outermost group (`closing` ""). */
  group(closing: string, openedAt: number, depth = 0): Expression {
    if (depth > MAX_DEPTH) this.#fail(`brackets nested deeper than ${MAX_DEPTH}`, openedAt);
    const branches: Expression[][] = [[]];
    let separator = "";
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) {
        if (closing) this.#fail(`"${opening(closing)}" is never closed`, openedAt);
        break;
      }
      if (character === closing) {
        this.#at++;
        break;
      }
      if (character === "|" || character === ";") {
        if (separator && separator !== character)
          this.#fail(`"|" and ";" in the same brackets: put one of them in brackets`);
        separator = character;
        this.#at++;
        branches.push([]);
      } else {
        branches.at(-1)?.push(this.#item(character, depth));
      }
    }
    return this.#combine(branches.map(toSequence), separator, closing === "]", openedAt);
  }

  #combine(items: Expression[], separator: string, optional: boolean, at: number): Expression {
    const [only] = items;
    if (separator === ";") {
      if (items.length > MAX_PERMUTED)
        this.#fail(`more than ${MAX_PERMUTED} parts in any order: split the sentence`, at);
      const permutation: Expression = { type: "permutation", items };
      return optional ? { type: "alternatives", items: [permutation], optional } : permutation;
    }
    if (!optional && items.length === 1 && only) return only;
    return { type: "alternatives", items, optional };
  }

  #item(character: string, depth: number): Expression {
    const at = this.#at;
    if (character === "(" || character === "[") {
      this.#at++;
      return this.group(CLOSING[character] ?? "", at, depth + 1);
    }
    if (character === "{") return this.#list(this.#name(character), at);
    if (character === "<") return { type: "rule", name: this.#name(character), offset: at };
    if (character === ")" || character === "]" || character === "}" || character === ">")
      this.#fail(`"${character}" without an opening "${opening(character)}"`);
    return this.#textRun();
  }

  #textRun(): Expression {
    let text = "";
    for (; this.#at < this.#text.length; this.#at++) {
      let character = this.#text[this.#at] ?? "";
      if (character === "\\") {
        character = this.#text[++this.#at] ?? "";
        if (!character) this.#fail(`"\\" at the end escapes nothing`, this.#at - 1);
      } else if (SPECIAL.has(character)) break;
      text += character;
    }
    return { type: "text", text };
  }

  /** The name between `{` and `}` or `<` and `>`. */
  #name(character: string): string {
    const at = this.#at;
    const end = this.#text.indexOf(CLOSING[character] ?? "", at);
    if (end < 0) this.#fail(`"${character}" is never closed`, at);
    const name = this.#text.slice(at + 1, end).trim();
    if (!name || /[()[\]{}<>|;\s]/.test(name))
      this.#fail(`"${this.#text.slice(at, end + 1)}" is not a name in brackets`, at);
    this.#at = end + 1;
    return name;
  }

  #list(name: string, offset: number): Expression {
    const colon = name.indexOf(":");
    const source = colon < 0 ? name : name.slice(0, colon);
    const slot = colon < 0 ? name : name.slice(colon + 1);
    if (!source || !slot) this.#fail(`"{${name}}": write {list} or {list:slot}`, offset);
    const range = RANGE.exec(source);
    if (!range) return { type: "list", name: source, slot, offset };
    if (colon < 0) this.#fail(`"{${name}}": a range needs a slot, {${name}:slot}`, offset);
    const [from, to, step] = [Number(range[1]), Number(range[2]), Number(range[3] ?? 1)];
    if (from > to || step < 1) this.#fail(`"{${name}}": an empty range`, offset);
    return {
      type: "range",
      range: { from, to, step, multiplier: 1, fractions: "none" },
      slot,
      offset,
    };
  }

  #fail(message: string, offset = this.#at): never {
    throw new SentenceSyntaxError(message, offset);
  }
}

function opening(closing: string): string {
  return Object.keys(CLOSING).find((key) => CLOSING[key] === closing) ?? closing;
}

function toSequence(items: Expression[]): Expression {
  const [only] = items;
  return items.length === 1 && only ? only : { type: "sequence", items };
}
