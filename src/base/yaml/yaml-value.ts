import { isMap, isScalar, isSeq } from "yaml";
import { parseDurationMs } from "../duration.ts";
import { suggestion } from "../edit-distance.ts";
import type { YamlSource } from "./yaml-source.ts";

export type YamlScalar = string | number | boolean;

/** Characters of a wrong text that a message shows. */
const MAX_SHOWN = 40;
/** A message lists all keys of a map with at most this many if none is near the wrong one. */
const MAX_LISTED = 8;
/** Bounds the nesting of plain values; an alias may contain itself. */
const MAX_DEPTH = 100;

/** A node of a YAML file and its place. Each reader fails with the value that it expected and the one it found. */
export class YamlValue {
  readonly #node: unknown;
  readonly #source: YamlSource;
  /** Key of this value in its map. */
  readonly #key: string | undefined;
  /** Offset for messages about a missing node. */
  readonly #at: number;

  constructor(node: unknown, source: YamlSource, key?: string, at = 0) {
    this.#source = source;
    this.#node = source.follow(node);
    this.#key = key;
    this.#at = at;
  }

  get file(): string {
    return this.#source.name;
  }

  get isMap(): boolean {
    return isMap(this.#node);
  }

  get isList(): boolean {
    return isSeq(this.#node);
  }

  get isNull(): boolean {
    return this.#node == null || (isScalar(this.#node) && this.#node.value == null);
  }

  /** The line on which the node starts, from 1. */
  get line(): number {
    return this.#source.line(this.#offset(0));
  }

  /** "file:line:column" of character `offset` of a text, or of the start of the node. */
  place(offset = 0): string {
    return this.#source.place(this.#offset(offset));
  }

  fail(message: string, offset = 0): never {
    return this.#source.fail(message, this.#offset(offset));
  }

  /** The entries of a map, in order; an empty node is an empty map. */
  entries(): [key: string, value: YamlValue, keyNode: YamlValue][] {
    if (this.isNull) return [];
    if (!isMap(this.#node)) return this.#expect("keys and values here");
    return this.#node.items.map(({ key, value }) => {
      const keyNode = new YamlValue(key, this.#source);
      const name = keyNode.text();
      return [name, new YamlValue(value, this.#source, name, keyNode.#offset(0)), keyNode];
    });
  }

  /** The entries of a map with known keys only. @param advice what to do instead of some unknown keys */
  record(
    known: readonly string[],
    what: string,
    advice: ReadonlyMap<string, string> = new Map(),
  ): Map<string, YamlValue> {
    const record = new Map<string, YamlValue>();
    for (const [key, value, keyNode] of this.entries()) {
      if (!known.includes(key)) {
        const instead = advice.get(key);
        const all = known.length > MAX_LISTED ? "" : `; the keys are ${known.join(", ")}`;
        const hint = instead === undefined ? suggestion(key, known) || all : `; ${instead}`;
        keyNode.fail(`unknown key "${key}" in ${what}${hint}`);
      }
      record.set(key, value);
    }
    return record;
  }

  items(): YamlValue[] {
    if (this.isNull) return [];
    if (!isSeq(this.#node)) return this.#expect("a list here: lines that start with -");
    return this.#node.items.map((item) => new YamlValue(item, this.#source, this.#key));
  }

  /** One value, or a list of them. */
  itemsOrOne(): YamlValue[] {
    return this.isList ? this.items() : [this];
  }

  scalar(): YamlScalar {
    const value = isScalar(this.#node) ? this.#node.value : undefined;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      return value;
    return this.#expect("one value here: a text, a number, true or false");
  }

  text(): string {
    return String(this.scalar());
  }

  /** A text, or a number as written: 010 and 1.50 stay as they are. */
  writtenText(): string {
    const node = this.#node;
    if (isScalar(node) && typeof node.value === "string") return node.value;
    if (isScalar(node) && typeof node.value === "number") return node.source ?? String(node.value);
    const isMistaken = isMap(node) || (isScalar(node) && typeof node.value === "boolean");
    return this.#expect(`a text here${isMistaken ? ", in quotes" : ""}`);
  }

  /** The text of a flag: true, false, or a word for one. */
  flagText(): string {
    const value = isScalar(this.#node) ? this.#node.value : undefined;
    const isScalarValue = value != null && value !== "";
    return isScalarValue ? this.text() : this.#expect("true or false here");
  }

  number(): number {
    const value = isScalar(this.#node) ? this.#node.value : undefined;
    return typeof value === "number" ? value : this.#expect("a number here");
  }

  numberIn(min: number, max: number): number {
    const value = this.number();
    return value >= min && value <= max
      ? value
      : this.#expect(`a number from ${min} to ${max} here`);
  }

  flag(): boolean {
    const value = isScalar(this.#node) ? this.#node.value : undefined;
    return typeof value === "boolean" ? value : this.#expect("true or false here");
  }

  /** A duration such as "500ms" or "2m", ms. */
  durationMs(): number {
    const value = isScalar(this.#node) ? this.#node.value : undefined;
    try {
      if (typeof value === "string") return parseDurationMs(value);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    return this.#expect("a duration such as 500ms, 30s or 2m here");
  }

  /** The node and all that it contains, as JSON values. */
  plain(depth = 0): unknown {
    if (depth > MAX_DEPTH) return this.fail("nested too deeply to read");
    if (this.isNull) return null;
    if (this.isList) return this.items().map((item) => item.plain(depth + 1));
    return this.isMap ? this.plainMap(depth) : this.scalar();
  }

  plainMap(depth = 0): Record<string, unknown> {
    if (!this.isMap) return this.#expect("keys and values here");
    return Object.fromEntries(this.entries().map(([key, value]) => [key, value.plain(depth + 1)]));
  }

  #expect(what: string): never {
    const key = this.#key === undefined ? "" : `${this.#key}: `;
    return this.fail(`${key}expected ${what}, not ${this.#found()}`);
  }

  #found(): string {
    if (this.isNull) return "nothing";
    if (this.isMap) return "keys and values";
    if (this.isList) return "a list";
    const value = isScalar(this.#node) ? this.#node.value : undefined;
    if (typeof value !== "string") return String(value);
    return JSON.stringify(value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value);
  }

  #offset(offset: number): number {
    const node = this.#node;
    const range = isMap(node) || isSeq(node) || isScalar(node) ? node.range : undefined;
    if (!range) return this.#at;
    const quoted = isScalar(node) && (node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE");
    return Math.min(range[0] + (quoted ? 1 : 0) + offset, Math.max(range[0], range[1] - 1));
  }
}
