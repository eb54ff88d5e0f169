import { ARC, type SlotScalar } from "../automaton.ts";
import { parseSentence } from "../templates/parse-sentence.ts";
import type { Template } from "../templates/templates.ts";
import { ordinalNames } from "../values/ordinal-words.ts";
import type { ValueType } from "../values/value-type.ts";
import type { Language } from "../../languages/language.ts";
import { packOf } from "../../languages/packs.ts";
import { FINAL, mergePrefixes, START } from "./net-builder.ts";
import type { NetTable } from "./net-table.ts";
import { numberNet } from "./number-net.ts";
import { type Linker, SentenceCompiler } from "./sentence-compiler.ts";

/** Index of the net that accepts every way to say a value of this type. */
export function valueNet(table: NetTable, type: ValueType, language: Language): number {
  const compiler = new ValueCompiler(table, language);
  if (type === "color") return compiler.listNet(type, packOf(language).colors);
  return type === "ordinal"
    ? compiler.listNet(type, ordinalNames(language))
    : compiler.ruleNet(type);
}

class ValueCompiler {
  readonly #table: NetTable;
  readonly #language: Language;
  readonly #linker: Linker;

  constructor(table: NetTable, language: Language) {
    this.#table = table;
    this.#language = language;
    this.#linker = {
      language,
      rule: (name) => this.#rule(name),
      ruleNet: (name) => this.ruleNet(name),
      listNet: (expression) =>
        expression.type === "range"
          ? this.#rangeNet({ ...expression.range, multiplier: Number(expression.slot) })
          : this.#plusNet(Number(expression.slot)),
      word: (word) => table.word(word),
      // A called net adds to the sum of its caller.
      slot: () => 0,
    };
  }

  ruleNet(name: string): number {
    return this.#table.net(`value ${name}`, (net) =>
      new SentenceCompiler(net, this.#linker).add(this.#rule(name), 0),
    );
  }

  listNet(name: string, values: readonly (readonly [said: string, value: SlotScalar])[]): number {
    return this.#table.net(`value ${name}`, (net) => {
      const compiler = new SentenceCompiler(net, this.#linker);
      for (const [text, value] of values)
        compiler.add(
          { text, expression: parseSentence(text), at: () => text },
          Math.log(values.length),
          this.#table.output({ type: "value", value }),
        );
      mergePrefixes(net);
    });
  }

  #rule(name: string): Template {
    const text = packOf(this.#language).values[name];
    if (text === undefined) throw new RangeError(`no rule <${name}> for values`);
    return { text, expression: parseSentence(text), at: () => `<${name}>` };
  }

  #rangeNet(range: Parameters<typeof numberNet>[1]): number {
    const net = numberNet(this.#table, range, this.#language);
    if (net === undefined) throw new RangeError("a range that cannot be spelled");
    return net;
  }

  #plusNet(value: number): number {
    return this.#table.net(`plus ${value}`, (net) =>
      net.addArc(START, {
        kind: ARC.epsilon,
        label: 0,
        target: FINAL,
        cost: 0,
        output: this.#table.addend(value),
      }),
    );
  }
}
