import type { Language } from "../../languages/language.ts";
import { packOf } from "../../languages/packs.ts";
import { numberGraph } from "../numbers/number-graph.ts";
import type { SumNode } from "../numbers/sum-trie.ts";
import { normalizeText, type Token, tokenize } from "./tokenize.ts";

const RANGE = { from: 0, to: 999_999, step: 1, multiplier: 1, fractions: "none" } as const;
const graphs = new Map<Language, SumNode | undefined>();

type Found = { readonly value: number; readonly end: number };

/**
 * Writes the numbers of a text in digits: "mets vingt et un virgule cinq degrés" → "mets 21,5 degrés", "minus five
 * percent" → "-5 percent". The reverse of what `tokenize` does to digits.
 */
export function toDigits(text: string, language: Language): string {
  const normal = normalizeText(text);
  const tokens = tokenize(normal, language);
  let written = "";
  let at = 0;
  for (let i = 0; i < tokens.length; ) {
    const found = numberAt(tokens, i, language);
    const [first, last] = [tokens[i], tokens[(found?.end ?? 0) - 1]];
    if (!found || !first || !last || first.end === last.start) {
      i++;
      continue;
    }
    written += normal.slice(at, first.start) + writeNumber(found.value, language);
    at = last.end;
    i = found.end;
  }
  return written + normal.slice(at);
}

function numberAt(tokens: readonly Token[], from: number, language: Language): Found | undefined {
  const { minus } = packOf(language).numbers;
  if (tokens[from]?.word === minus) {
    const found = positiveAt(tokens, from + 1, language);
    return found && { ...found, value: -found.value };
  }
  const found = positiveAt(tokens, from, language);
  if (found === undefined) return undefined;
  const words = tokens.slice(from, found.end).map(({ word }) => word);
  const isNumber = packOf(language).text.isNumber(words, tokens[from - 1]?.word);
  return isNumber ? found : undefined;
}

function positiveAt(tokens: readonly Token[], from: number, language: Language): Found | undefined {
  const whole = wholeAt(tokens, from, language);
  if (!whole) return undefined;
  const [separator = ""] = packOf(language).numbers.decimal("0");
  return tokens[whole.end]?.word === separator
    ? (decimalsAt(tokens, whole, language) ?? whole)
    : whole;
}

/** Reads the digits after the separator one after another: "virgule zéro cinq" is 0,05. */
function decimalsAt(tokens: readonly Token[], whole: Found, language: Language): Found | undefined {
  let digits = "";
  let end = whole.end + 1;
  for (let next = wholeAt(tokens, end, language); next; next = wholeAt(tokens, end, language)) {
    digits += String(next.value);
    end = next.end;
  }
  return digits ? { value: Number(`${whole.value}.${digits}`), end } : undefined;
}

/** The longest number that begins here. */
function wholeAt(tokens: readonly Token[], from: number, language: Language): Found | undefined {
  if (!graphs.has(language)) graphs.set(language, numberGraph(RANGE, language));
  let node = graphs.get(language);
  let sum = node?.min ?? 0;
  let found: Found | undefined;
  for (let i = from; node && i < tokens.length; i++) {
    const arc = node.arcs.find(({ word }) => word === tokens[i]?.word);
    if (!arc) break;
    sum += arc.addend;
    node = arc.target;
    if (node.end !== undefined) found = { value: sum + node.end, end: i + 1 };
  }
  return found;
}

function writeNumber(value: number, language: Language): string {
  return String(value).replace(".", packOf(language).text.decimalSeparator);
}
