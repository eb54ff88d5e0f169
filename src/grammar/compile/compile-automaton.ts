import {
  type Automaton,
  ARC,
  type Output,
  type SentenceOutput,
  type SlotScalar,
} from "../automaton.ts";
import { numberGraph } from "../numbers/number-graph.ts";
import type { SumNode } from "../numbers/sum-trie.ts";
import { type Expression, isLiteral, type NumberRange } from "../templates/expression.ts";
import type { Block, List, Template, Templates } from "../templates/templates.ts";
import { freeze } from "./freeze.ts";
import { FINAL, mergePrefixes, NetBuilder, START } from "./net-builder.ts";
import { invalid, Scope } from "./scope.ts";
import { type Linker, SentenceCompiler } from "./sentence-compiler.ts";

/** Templates that grow beyond this are refused: about 100 MB. */
const MAX_ARCS = 4_000_000;
/** What a word of any spelling costs, in nats: one of a thousand. */
const ANY_WORD_COST = Math.log(1000);
const SKIP_COST = Math.log(20);

/**
 * Compiles templates to one recursive automaton. Throws TEMPLATES_INVALID for unknown names, rules that refer
 * to themselves and templates that grow without bound.
 */
export function compileAutomaton(templates: Templates): Automaton {
  return new AutomatonCompiler(templates).compile();
}

class AutomatonCompiler {
  readonly #templates: Templates;
  readonly #nets: NetBuilder[] = [];
  readonly #netIndex = new Map<string, number>();
  readonly #words = new Map<string, number>();
  readonly #outputs: Output[] = [];
  readonly #outputIndex = new Map<string, number>();
  #arcs = 0;
  #current: Template | undefined;

  constructor(templates: Templates) {
    this.#templates = templates;
  }

  compile(): Automaton {
    const { blocks, language } = this.#templates;
    const shared = new Scope(this.#templates);
    shared.checkRules();
    const root = this.#newNet("sentences");
    const [body, end] = [root.addState(), root.addState()];
    this.#addSkipWords(root, body, end, shared);
    const sentences = countBy(blocks, (block) => block.intent);
    for (const block of blocks) {
      const scope = new Scope(this.#templates, block);
      const cost = Math.log(sentences.size) + Math.log(sentences.get(block.intent) ?? 1);
      for (const sentence of block.sentences)
        this.#addSentence(root, sentence, block, scope, cost, body, end);
    }
    return freeze({
      language,
      nets: this.#nets,
      words: [...this.#words.keys()],
      outputs: this.#outputs,
    });
  }

  #addSentence(
    root: NetBuilder,
    sentence: Template,
    block: Block,
    scope: Scope,
    cost: number,
    body: number,
    end: number,
  ): void {
    this.#current = sentence;
    const output = this.#output(sentenceOutput(sentence, block, scope));
    const start = root.addState();
    root.addArc(body, { kind: ARC.epsilon, label: 0, target: start, cost, output });
    new SentenceCompiler(root, this.#linker(scope)).add(sentence, 0, 0, start, end);
  }

  #addSkipWords(root: NetBuilder, body: number, end: number, scope: Scope): void {
    const skip = (from: number, target: number, kind: number, label: number, cost: number): void =>
      root.addArc(from, { kind, label, target, cost, output: 0 });
    skip(START, body, ARC.epsilon, 0, 0);
    skip(end, FINAL, ARC.epsilon, 0, 0);
    const { skipWords } = this.#templates;
    if (skipWords.length === 0) return;
    const net = this.#newNet("skip words");
    const index = this.#nets.length - 1;
    const compiler = new SentenceCompiler(net, this.#linker(scope));
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

  #linker(scope: Scope): Linker {
    return {
      language: this.#templates.language,
      rule: (name, by, offset) => scope.rule(name, by, offset),
      ruleNet: (name, by, offset) => this.#ruleNet(name, by, offset, scope),
      listNet: (expression, by) => this.#listNet(expression, by, scope),
      word: (word) => this.#word(word),
      slot: (name) => this.#output({ type: "slot", name }),
    };
  }

  #ruleNet(name: string, by: Template, offset: number, scope: Scope): number {
    const rule = scope.rule(name, by, offset);
    return this.#net(scope.key("<", name, rule), (net) =>
      new SentenceCompiler(net, this.#linker(scope)).add(rule, 0),
    );
  }

  #listNet(
    expression: Expression & { type: "list" | "range" },
    by: Template,
    scope: Scope,
  ): number {
    if (expression.type === "range") return this.#rangeNet(expression.range, by, expression.offset);
    const list = scope.list(expression.name, by, expression.offset);
    if (list.type === "range") return this.#rangeNet(list.range, by, expression.offset);
    if (list.type === "wildcard") return this.#net("any words", addAnyWords);
    return this.#net(scope.key("{", expression.name), (net) => this.#addValues(net, list, scope));
  }

  #addValues(net: NetBuilder, list: List, scope: Scope): void {
    const entries = scope.entries(list);
    const compiler = new SentenceCompiler(net, this.#linker(scope));
    for (const { said, value } of entries) {
      if (!isLiteral(said.expression)) scope.references(said);
      const output = value === undefined ? 0 : this.#output({ type: "value", value });
      compiler.add(said, Math.log(entries.length), output);
    }
    mergePrefixes(net);
  }

  #rangeNet(range: NumberRange, by: Template, offset: number): number {
    const { from, to, step, multiplier, fractions } = range;
    return this.#net(`${from}..${to},${step}×${multiplier} ${fractions}`, (net) => {
      const graph = numberGraph(range, this.#templates.language);
      if (!graph)
        invalid(
          by,
          offset,
          `the range ${from}..${to} is too large: stay within ±999999, in steps that divide 1000`,
        );
      this.#addNumbers(net, graph);
    });
  }

  #addNumbers(net: NetBuilder, graph: SumNode): void {
    const states = new Map<SumNode, number>();
    const visit = (node: SumNode, state: number, extra: number): void => {
      for (const { word, addend, target } of node.arcs) {
        const arc = { kind: ARC.word, label: this.#word(word) };
        const cost = Math.log(node.count) - Math.log(target.count);
        const sum = addend + extra;
        if (target.end !== undefined)
          net.addArc(state, {
            ...arc,
            target: FINAL,
            cost: Math.log(node.count),
            output: this.#addend(sum + target.end),
          });
        if (target.arcs.length === 0) continue;
        let next = states.get(target);
        if (next === undefined) {
          next = net.addState();
          states.set(target, next);
          visit(target, next, 0);
        }
        net.addArc(state, { ...arc, target: next, cost, output: this.#addend(sum) });
      }
    };
    visit(graph, START, graph.least);
  }

  #addend(value: number): number {
    return value === 0
      ? this.#output({ type: "addend", value: 0 })
      : this.#output({ type: "addend", value });
  }

  /** The net of this meaning, compiled when it is first needed. */
  #net(key: string, fill: (net: NetBuilder) => void): number {
    const known = this.#netIndex.get(key);
    if (known !== undefined) return known;
    const net = this.#newNet(key);
    const index = this.#nets.length - 1;
    this.#netIndex.set(key, index);
    fill(net);
    return index;
  }

  #newNet(name: string): NetBuilder {
    const net = new NetBuilder(name, () => this.#countArc());
    this.#nets.push(net);
    return net;
  }

  #countArc(): void {
    if (++this.#arcs > MAX_ARCS && this.#current)
      invalid(
        this.#current,
        0,
        `the templates grow beyond ${MAX_ARCS} arcs here: use lists or spaces between parts`,
      );
  }

  #word(word: string): number {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    this.#words.set(word, this.#words.size);
    return this.#words.size - 1;
  }

  /** Index plus one of an output, each kept once. */
  #output(output: Output): number {
    const key = JSON.stringify(output);
    const known = this.#outputIndex.get(key);
    if (known !== undefined) return known;
    const index = this.#outputs.push(output);
    this.#outputIndex.set(key, index);
    return index;
  }
}

function sentenceOutput(sentence: Template, block: Block, scope: Scope): SentenceOutput {
  const brought = scope.contextKeys(sentence);
  const requiresContext: Record<string, readonly SlotScalar[] | null> = {};
  const agreesWithContext: Record<string, readonly SlotScalar[]> = {};
  for (const [key, accepted] of Object.entries(block.requiresContext)) {
    if (!brought.has(key)) requiresContext[key] = accepted;
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
