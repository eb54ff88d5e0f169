import {
  type Automaton,
  ARC,
  type Output,
  type SentenceOutput,
  type SlotScalar,
} from "../automaton.ts";
import {
  type Expression,
  isLiteral,
  literalText,
  type NumberRange,
} from "../templates/expression.ts";
import type { Block, List, Template, Templates } from "../templates/templates.ts";
import { normalizeText, tokenize } from "../text/tokenize.ts";
import { formatOf } from "../values/value-type.ts";
import { freeze } from "./freeze.ts";
import { LiteralTrie } from "./literal-trie.ts";
import { FINAL, mergePrefixes, NetBuilder, START } from "./net-builder.ts";
import { NetTable } from "./net-table.ts";
import { numberNet } from "./number-net.ts";
import { invalid, NameTable } from "./name-table.ts";
import { type Linker, SentenceCompiler } from "./sentence-compiler.ts";
import { valueNet } from "./value-net.ts";

/** Bounds the memory of an automaton to about 100 MB. */
const MAX_ARCS = 4_000_000;
/** Nats for a word of any spelling, as if it were one of a thousand. */
const ANY_WORD_COST = Math.log(1000);
/** Nats for a skip word, as if it were said once in twenty sentences. */
const SKIP_COST = Math.log(20);

/**
 * Compiles templates to one recursive automaton.
 * @throws EarshotError TEMPLATES_INVALID for unknown names, rules that refer to themselves, and templates that grow
 * beyond four million arcs
 */
export function compileAutomaton(templates: Templates): Automaton {
  return new AutomatonCompiler(templates).compile();
}

class AutomatonCompiler {
  readonly #templates: Templates;
  readonly #table = new NetTable(() => this.#countArc());
  #arcs = 0;
  #current: Template | undefined;

  constructor(templates: Templates) {
    this.#templates = templates;
  }

  compile(): Automaton {
    const { blocks, language, pronounce } = this.#templates;
    const shared = new NameTable(this.#templates);
    shared.checkRules();
    const root = this.#table.addNet("sentences");
    const [body, end] = [root.addState(), root.addState()];
    this.#addSkipWords(root, body, end, shared);
    const sentences = countBy(blocks, (block) => block.intent);
    for (const block of blocks) {
      const names = new NameTable(this.#templates, block);
      const cost = Math.log(sentences.size) + Math.log(sentences.get(block.intent) ?? 1);
      for (const sentence of block.sentences)
        this.#addSentence(root, sentence, block, names, cost, body, end);
    }
    return freeze({
      language,
      nets: this.#table.nets,
      words: this.#table.words,
      outputs: this.#table.outputs,
      pronounce,
    });
  }

  #addSentence(
    root: NetBuilder,
    sentence: Template,
    block: Block,
    names: NameTable,
    cost: number,
    body: number,
    end: number,
  ): void {
    this.#current = sentence;
    const output = this.#table.output(sentenceOutput(sentence, block, names));
    const start = root.addState();
    root.addArc(body, { kind: ARC.epsilon, label: 0, target: start, cost, output });
    new SentenceCompiler(root, this.#linker(names)).add(sentence, 0, 0, start, end);
  }

  #addSkipWords(root: NetBuilder, body: number, end: number, names: NameTable): void {
    const skip = (from: number, target: number, kind: number, label: number, cost: number): void =>
      root.addArc(from, { kind, label, target, cost, output: 0 });
    skip(START, body, ARC.epsilon, 0, 0);
    skip(end, FINAL, ARC.epsilon, 0, 0);
    const { skipWords } = this.#templates;
    if (skipWords.length === 0) return;
    const net = this.#table.addNet("skip words");
    const index = this.#table.nets.length - 1;
    const compiler = new SentenceCompiler(net, this.#linker(names));
    for (const phrase of skipWords)
      compiler.add(
        { text: phrase, expression: { type: "text", text: phrase }, at: () => phrase },
        Math.log(skipWords.length),
        0,
      );
    mergePrefixes(net);
    skip(START, body, ARC.call, index, SKIP_COST);
    skip(end, FINAL, ARC.call, index, SKIP_COST);
  }

  #linker(names: NameTable): Linker {
    return {
      language: this.#templates.language,
      rule: (name, by, offset) => names.rule(name, by, offset),
      ruleNet: (name, by, offset) => this.#ruleNet(name, by, offset, names),
      listNet: (expression, by) => this.#listNet(expression, by, names),
      word: (word) => this.#table.word(word),
      slot: (expression, by) => this.#table.output(slotOutput(expression, by, names)),
    };
  }

  #ruleNet(name: string, by: Template, offset: number, names: NameTable): number {
    const rule = names.rule(name, by, offset);
    return this.#table.net(names.key("<", name, rule), (net) =>
      new SentenceCompiler(net, this.#linker(names)).add(rule, 0),
    );
  }

  #listNet(
    expression: Expression & { type: "list" | "range" },
    by: Template,
    names: NameTable,
  ): number {
    if (expression.type === "range") return this.#rangeNet(expression.range, by, expression.offset);
    const list = names.list(expression.name, by, expression.offset);
    if (list.type === "range") return this.#rangeNet(list.range, by, expression.offset);
    if (list.type === "value") return valueNet(this.#table, list.of, this.#templates.language);
    if (list.type === "wildcard") return this.#table.net("any words", addAnyWords);
    return this.#table.net(names.key("{", expression.name), (net) =>
      this.#addValues(net, list, names),
    );
  }

  #addValues(net: NetBuilder, list: List, names: NameTable): void {
    const entries = names.entries(list);
    const compiler = new SentenceCompiler(net, this.#linker(names));
    const literals = new LiteralTrie();
    let literal = 0;
    for (const { said, value } of entries) {
      const output = value === undefined ? 0 : this.#table.output({ type: "value", value });
      const words = isLiteral(said.expression) ? this.#words(literalText(said.expression)) : [];
      if (words.length > 0) {
        literals.add(words, output);
        literal++;
        continue;
      }
      if (!isLiteral(said.expression)) names.references(said);
      compiler.add(said, Math.log(entries.length), output);
    }
    literals.addTo(net, Math.log(entries.length / Math.max(1, literal)));
    if (literal < entries.length) mergePrefixes(net);
  }

  #words(text: string): number[] {
    const tokens = tokenize(normalizeText(text), this.#templates.language);
    return tokens.map(({ word }) => this.#table.word(word));
  }

  #rangeNet(range: NumberRange, by: Template, offset: number): number {
    const net = numberNet(this.#table, range, this.#templates.language);
    if (net !== undefined) return net;
    return invalid(
      by,
      offset,
      `the range ${range.from}..${range.to} is too large: stay within ±999999, in steps that divide 1000`,
    );
  }

  #countArc(): void {
    if (++this.#arcs > MAX_ARCS && this.#current)
      invalid(
        this.#current,
        0,
        `the templates grow beyond ${MAX_ARCS} arcs here: use lists or spaces between parts`,
      );
  }
}

function slotOutput(
  expression: Expression & { type: "list" | "range" },
  by: Template,
  names: NameTable,
): Output {
  const { type, slot: name } = expression;
  const list = type === "list" ? names.list(expression.name, by, expression.offset) : undefined;
  const format = list?.type === "value" ? formatOf(list.of) : undefined;
  return format ? { type: "slot", name, format } : { type: "slot", name };
}

function sentenceOutput(sentence: Template, block: Block, names: NameTable): SentenceOutput {
  const defined = names.contextKeys(sentence);
  const requiresContext: Record<string, readonly SlotScalar[] | null> = {};
  const agreesWithContext: Record<string, readonly SlotScalar[]> = {};
  for (const [key, accepted] of Object.entries(block.requiresContext)) {
    if (!defined.has(key)) requiresContext[key] = accepted;
    else if (accepted) agreesWithContext[key] = accepted;
  }
  const {
    intent,
    slots,
    excludesContext,
    contextSlots,
    requiredKeywords,
    requiredSlots,
    priority,
  } = block;
  return {
    type: "sentence",
    intent,
    slots,
    requiresContext,
    agreesWithContext,
    excludesContext,
    contextSlots,
    requiredKeywords,
    requiredSlots,
    priority,
    place: sentence.at(0),
  };
}

function addAnyWords(net: NetBuilder): void {
  const more = net.addState();
  const any = { kind: ARC.anyWord, label: 0, target: more, cost: ANY_WORD_COST, output: 0 };
  net.addArc(START, any);
  net.addArc(more, any);
  net.addArc(more, { kind: ARC.epsilon, label: 0, target: FINAL, cost: 0, output: 0 });
}

function countBy(blocks: readonly Block[], key: (block: Block) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const block of blocks)
    counts.set(key(block), (counts.get(key(block)) ?? 0) + block.sentences.length);
  return counts;
}
