import { ARC } from "../automaton.ts";
import type { Language } from "../../languages/language.ts";
import { type Expression, isLiteral, literalText } from "../templates/expression.ts";
import type { Template } from "../templates/templates.ts";
import { normalizeText, tokenize } from "../text/tokenize.ts";
import { addCosts, FINAL, START, type NetBuilder } from "./net-builder.ts";
import { invalid } from "./name-table.ts";
import { type Edges, edgesOf, edgesOfSequence, endsWord } from "./word-edges.ts";

/** Resolves the names in a template for the compiler of the automaton. */
export type Linker = {
  readonly language: Language;
  rule(name: string, by: Template, offset: number): Template;
  /** Index of the net of a rule, a list, a range. */
  ruleNet(name: string, by: Template, offset: number): number;
  listNet(expression: Expression & { type: "list" | "range" }, by: Template): number;
  /** Label of a word. */
  word(word: string): number;
  /** Index plus one of the output that fills this slot with the value of the net. */
  slot(expression: Expression & { type: "list" | "range" }, by: Template): number;
};

/** A position in a template: a state, and the letters of a word that is not finished yet. */
type Point = {
  readonly state: number;
  readonly pending: string;
  /** Nats to put on the next arc. */
  readonly cost: number;
};

/** Bounds the work for alternatives in a row without a space between them. */
const MAX_POINTS = 4000;
/** More points than this are joined before a call, so that the call is not repeated for each. */
const MAX_PARALLEL_CALLS = 4;

/**
 * Compiles templates into a net of whole words. Templates are written letter by letter, and words straddle
 * their parts ("light[s]", "l'{name}", "{hours}h"), so unfinished words travel along as points until a space,
 * a list or the end finishes them.
 */
export class SentenceCompiler {
  readonly #net: NetBuilder;
  readonly #link: Linker;
  readonly #edges = new Map<Expression, Edges>();

  constructor(net: NetBuilder, link: Linker) {
    this.#net = net;
    this.#link = link;
  }

  /** Adds the sentences of a template between two states. `output` is on the last arc. */
  add(template: Template, cost: number, output = 0, from = START, to = FINAL): void {
    if (isLiteral(template.expression)) {
      this.#finish(
        { state: from, pending: literalText(template.expression), cost },
        to,
        output,
        from,
      );
      return;
    }
    const start = [{ state: from, pending: "", cost }];
    const end = this.#compile(template.expression, start, false, template);
    for (const point of end) this.#finish(point, to, output, from);
  }

  #finish(point: Point, to: number, output: number, from: number): void {
    const words = this.#words(point.pending);
    if (words.length > 0) this.#addWords(point.state, words, to, point.cost, output);
    // A rule may be empty; a phrase or a value may not.
    else if (point.state !== from || (output === 0 && from === START && to === FINAL))
      this.#net.addArc(point.state, {
        kind: ARC.epsilon,
        label: 0,
        target: to,
        cost: point.cost,
        output,
      });
  }

  /** `glued`: what follows the expression may continue its last word. */
  #compile(expression: Expression, points: Point[], glued: boolean, by: Template): Point[] {
    if (points.length > MAX_POINTS)
      invalid(
        by,
        0,
        "too many alternatives in a row to compile: split the sentence, or use spaces between them",
      );
    switch (expression.type) {
      case "text":
        return this.#text(expression.text, points);
      case "sequence":
        return this.#sequence(expression.items, points, glued, by);
      case "alternatives":
        return this.#alternatives(expression, points, glued, by);
      case "permutation":
        return this.#permutation(expression.items, points, glued, by);
      case "rule":
        return this.#rule(expression, points, glued, by);
      case "list":
      case "range":
        return this.#call(
          points,
          this.#link.listNet(expression, by),
          this.#link.slot(expression, by),
        );
    }
  }

  #text(text: string, points: Point[]): Point[] {
    let current = points;
    for (const piece of text.split(/(\s+)/)) {
      if (piece === "") continue;
      if (/^\s/.test(piece)) current = this.#finishWords(current, () => true);
      else {
        const longer = current.map((point) => ({ ...point, pending: point.pending + piece }));
        current = this.#finishWords(longer, (point) =>
          endsWord(point.pending, this.#link.language),
        );
      }
    }
    return current;
  }

  #sequence(items: readonly Expression[], points: Point[], glued: boolean, by: Template): Point[] {
    const edges = items.map((item) => this.#edgesOf(item, by));
    return items.reduce((current, item, i) => {
      const rest = edgesOfSequence(edges.slice(i + 1));
      return this.#compile(item, current, rest.joinsBefore || (rest.empty && glued), by);
    }, points);
  }

  #alternatives(
    { items, optional }: Expression & { type: "alternatives" },
    points: Point[],
    glued: boolean,
    by: Template,
  ): Point[] {
    const share = Math.log(items.length) + (optional ? Math.LN2 : 0);
    const dearer = (cost: number): Point[] =>
      points.map((point) => ({ ...point, cost: point.cost + cost }));
    const through = items.flatMap((item) => this.#compile(item, dearer(share), glued, by));
    return distinct(optional ? [...dearer(Math.LN2), ...through] : through);
  }

  /** Goes by subsets of the parts said so far, not by orders: 2ⁿ steps instead of n!. */
  #permutation(
    items: readonly Expression[],
    points: Point[],
    glued: boolean,
    by: Template,
  ): Point[] {
    const all = (1 << items.length) - 1;
    const reached = new Map<number, Point[]>([[0, points]]);
    for (let said = 0; said < all; said++) {
      const missing = items.flatMap((item, i) => (said & (1 << i) ? [] : [{ item, bit: 1 << i }]));
      const share = Math.log(missing.length);
      const here = (reached.get(said) ?? []).map((point) => ({
        ...point,
        cost: point.cost + share,
      }));
      const from = said === 0 ? here : this.#finishWords(here, () => true);
      for (const { item, bit } of missing) {
        const last = (said | bit) === all;
        const after = this.#compile(item, from, last && glued, by);
        reached.set(said | bit, distinct([...(reached.get(said | bit) ?? []), ...after]));
      }
    }
    return reached.get(all) ?? [];
  }

  #rule(
    expression: Expression & { type: "rule" },
    points: Point[],
    glued: boolean,
    by: Template,
  ): Point[] {
    const edges = this.#edgesOf(expression, by);
    const straddles =
      (glued && edges.joinsAfter) ||
      (edges.joinsBefore && points.some((point) => point.pending !== ""));
    if (straddles) {
      const body = this.#link.rule(expression.name, by, expression.offset);
      return this.#compile(body.expression, points, glued, body);
    }
    return this.#call(points, this.#link.ruleNet(expression.name, by, expression.offset), 0);
  }

  #call(points: Point[], net: number, output: number): Point[] {
    const from = this.#gather(this.#finishWords(points, () => true));
    const target = this.#net.addState();
    for (const { state, cost } of from)
      this.#net.addArc(state, { kind: ARC.call, label: net, target, cost, output });
    return [{ state: target, pending: "", cost: 0 }];
  }

  /** Joins many points before a call into one. */
  #gather(points: Point[]): Point[] {
    if (points.length <= MAX_PARALLEL_CALLS) return points;
    const target = this.#net.addState();
    for (const { state, cost } of points)
      this.#net.addArc(state, { kind: ARC.epsilon, label: 0, target, cost, output: 0 });
    return [{ state: target, pending: "", cost: 0 }];
  }

  /** Turns the unfinished words of the points concerned into arcs, all to one new state. */
  #finishWords(points: Point[], concerned: (point: Point) => boolean): Point[] {
    const after: Point[] = [];
    let target: number | undefined;
    for (const point of points) {
      const finish = point.pending !== "" && concerned(point);
      const words = finish ? this.#words(point.pending) : [];
      if (words.length > 0) {
        target ??= this.#net.addState();
        this.#addWords(point.state, words, target, point.cost, 0);
      } else after.push(finish ? { ...point, pending: "" } : point);
    }
    if (target !== undefined) after.push({ state: target, pending: "", cost: 0 });
    return distinct(after);
  }

  #addWords(
    from: number,
    words: readonly string[],
    to: number,
    cost: number,
    output: number,
  ): void {
    let state = from;
    words.forEach((word, i) => {
      const last = i === words.length - 1;
      const target = last ? to : this.#net.addState();
      const arc = { kind: ARC.word, label: this.#link.word(word), target };
      this.#net.addArc(state, { ...arc, cost: i === 0 ? cost : 0, output: last ? output : 0 });
      state = target;
    });
  }

  #words(pending: string): string[] {
    return pending === ""
      ? []
      : tokenize(normalizeText(pending), this.#link.language).map((token) => token.word);
  }

  #edgesOf(expression: Expression, by: Template): Edges {
    const known = this.#edges.get(expression);
    if (known) return known;
    const edges = edgesOf(expression, this.#link.language, (name) => this.#link.rule(name, by, 0));
    this.#edges.set(expression, edges);
    return edges;
  }
}

function distinct(points: Point[]): Point[] {
  if (points.length < 2) return points;
  const merged = new Map<string, Point>();
  for (const point of points) {
    const key = `${point.state}/${point.pending}`;
    const known = merged.get(key);
    merged.set(key, known ? { ...point, cost: addCosts(known.cost, point.cost) } : point);
  }
  return [...merged.values()];
}
