import { parseSentence, SentenceSyntaxError } from "./parse-sentence.ts";
import type { Template } from "./templates.ts";
import type { YamlValue } from "../../base/yaml/yaml-value.ts";

/**
 * Parses the text of a YAML node as a sentence template.
 * @throws EarshotError TEMPLATES_INVALID with the place of the mistake
 */
export function readTemplate(node: YamlValue): Template {
  const text = node.text();
  try {
    return { text, expression: parseSentence(text), at: (offset) => node.place(offset) };
  } catch (error) {
    if (!(error instanceof SentenceSyntaxError)) throw error;
    return node.fail(`${error.message}, in "${shorten(text)}"`, error.offset);
  }
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
