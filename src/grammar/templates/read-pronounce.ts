import type { Language } from "../../languages/language.ts";
import type { UserWay } from "../pronunciation/user-pronunciations.ts";
import { normalizeText, tokenize } from "../text/tokenize.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";

/**
 * Reads `pronounce:`, a map of word → one pronunciation or a list of them, into `words`. The phones are checked later,
 * where the model is known.
 */
export function readPronounce(
  node: YamlValue,
  language: Language,
  words: Map<string, readonly UserWay[]>,
): void {
  for (const [key, value, keyNode] of node.entries()) {
    const [word, ...more] = tokenize(normalizeText(key), language).map((token) => token.word);
    if (word === undefined) return keyNode.fail(`"${key}" is not a word: it has no letters`);
    if (more.length > 0)
      keyNode.fail(
        `"${key}" is several words; give a pronunciation for each: ${[word, ...more].join(", ")}`,
      );
    const ways = value.isNull ? [] : value.itemsOrOne().map(readWay);
    if (ways.length === 0)
      keyNode.fail(`"${key}" has no pronunciation; write a word that sounds alike, or /phones/`);
    words.set(word, ways);
  }
}

function readWay(node: YamlValue): UserWay {
  const text = node.text();
  if (text.trim() === "")
    node.fail("a pronunciation is empty; write a word that sounds alike, or /phones/");
  return { text, place: node.place() };
}
