import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { EarshotError } from "../../errors.ts";
import type { Language } from "../../languages/language.ts";
import { convertSentence, RhasspySyntaxError, type TaggedValue } from "./convert-sentence.ts";

type Block = { sentences: string[]; slots?: Record<string, string> };
type ListValue = string | { in: string; out: string };

export type ImportedTemplates = {
  /** A file of templates, as YAML. */
  readonly yaml: string;
  /** Lists that the sentences use but whose values were not found. */
  readonly missingLists: readonly string[];
};

/**
 * Converts Rhasspy's sentences.ini to a file of templates. Reads the values of `$name` from `slots/name` beside the
 * file, where Rhasspy keeps them.
 * @throws EarshotError TEMPLATES_INVALID with the line of the mistake
 */
export function importRhasspy(file: string, language: Language): ImportedTemplates {
  const gathered = new Gathered(file);
  readText(file)
    .split(/\r?\n/)
    .forEach((line, i) => gathered.readLine(line, i + 1));
  return gathered.finish(language);
}

class Gathered {
  readonly #file: string;
  readonly #intents = new Map<string, Block[]>();
  readonly #rules: Record<string, string> = {};
  readonly #lists: Record<string, { values: ListValue[] }> = {};
  #intent: string | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  readLine(line: string, number: number): void {
    const text = line.trim();
    if (text === "" || text.startsWith("#") || text.startsWith(";")) return;
    const [, section] = /^\[([^[\]]+)\]$/.exec(text) ?? [];
    if (section !== undefined) {
      this.#intent = section.trim();
      if (!this.#intents.has(this.#intent)) this.#intents.set(this.#intent, []);
      return;
    }
    const intent =
      this.#intent ?? this.#fail(number, 1, "expected [IntentName] before the first sentence");
    const [, rule, body = ""] = /^([\p{L}\p{N}_-]+)\s*=\s*(.*)$/u.exec(text) ?? [];
    const sentence = rule === undefined ? text.replace(/^\\(?=\[)/, "") : body;
    const begins = line.indexOf(sentence) + 1;
    try {
      const { template, slots } = convertSentence(sentence, intent, (slot, values) =>
        this.#addList(`${intent}-${slot}`, values),
      );
      if (rule === undefined) this.#addSentence(intent, template, slots);
      else this.#rules[`${intent}.${rule}`] = template;
    } catch (error) {
      if (!(error instanceof RhasspySyntaxError)) throw error;
      this.#fail(number, begins + error.offset, `${error.message}, in "${sentence}"`);
    }
  }

  finish(language: Language): ImportedTemplates {
    const missingLists = this.#readSlotLists();
    const intents = Object.fromEntries([...this.#intents].map(([name, data]) => [name, { data }]));
    const yaml = stringify({
      language,
      intents,
      ...(Object.keys(this.#lists).length > 0 && { lists: this.#lists }),
      ...(Object.keys(this.#rules).length > 0 && { expansion_rules: this.#rules }),
    });
    return { yaml, missingLists };
  }

  #addSentence(intent: string, sentence: string, slots: Readonly<Record<string, string>>): void {
    const blocks = this.#intents.get(intent) ?? [];
    const fixed = Object.keys(slots).length > 0;
    const known = fixed ? undefined : blocks.find((block) => block.slots === undefined);
    if (known) known.sentences.push(sentence);
    else blocks.push(fixed ? { sentences: [sentence], slots } : { sentences: [sentence] });
  }

  /** Stores a list of values; picks another name if a list of that name has other values. */
  #addList(name: string, values: readonly TaggedValue[]): string {
    const list = {
      values: values.map(({ said, value }) =>
        value === undefined ? said : { in: said, out: value },
      ),
    };
    for (let i = 1; ; i++) {
      const tried = i === 1 ? name : `${name}-${i}`;
      const known = this.#lists[tried];
      if (known && JSON.stringify(known) !== JSON.stringify(list)) continue;
      this.#lists[tried] = list;
      return tried;
    }
  }

  #readSlotLists(): string[] {
    const templates = [...this.#intents.values()].flat().flatMap(({ sentences }) => sentences);
    const used = [...templates, ...Object.values(this.#rules)].flatMap((text) =>
      Array.from(text.matchAll(/\{([^{}:.]+)(?::[^{}]*)?\}/g), ([, name = ""]) => name),
    );
    return [...new Set(used)].filter((name) => !this.#lists[name] && !this.#readSlotList(name));
  }

  #readSlotList(name: string): boolean {
    const file = path.join(path.dirname(this.#file), "slots", name);
    if (!existsSync(file)) return false;
    const lines = readText(file).split(/\r?\n/);
    const values = lines.map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
    this.#lists[name] = {
      values: values.map((value): ListValue => {
        const [said = "", out] = value.split(":");
        return out === undefined ? said : { in: said, out };
      }),
    };
    return true;
  }

  #fail(line: number, column: number, message: string): never {
    const place = `${this.#file}:${line}:${column}`;
    throw new EarshotError("TEMPLATES_INVALID", `${place}: ${message}`, { place });
  }
}

function readText(file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (cause) {
    const message = `${file}: cannot be read as UTF-8 text; check the path`;
    throw new EarshotError("TEMPLATES_INVALID", message, { place: file, cause });
  }
}
