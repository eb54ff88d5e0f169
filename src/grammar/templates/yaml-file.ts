import { readFileSync } from "node:fs";
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from "yaml";
import { EarshotError } from "../../errors.ts";
import type { SlotScalar } from "../automaton.ts";
import { suggestion } from "../../base/edit-distance.ts";

const MAX_BYTES = 16 * 1024 * 1024;
/** Far above any honest use of anchors, far below what a "billion laughs" needs. */
const MAX_ALIASES = 10_000;

/** Reads a YAML file of templates or lists. Throws TEMPLATES_INVALID with the place of the first mistake. */
export function readYamlFile(path: string): YamlValue {
  return parseYaml(readText(path), path);
}

/** `name` stands for the text in messages: a path. */
function parseYaml(text: string, name: string): YamlValue {
  const lines = new LineCounter();
  const source = new YamlSource(name, lines);
  if (!text.trim()) source.fail("the file is empty: write intents or lists into it", 0);
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "silent",
  });
  const [error] = document.errors;
  if (error?.message.includes("call stack"))
    source.fail("brackets nested too deeply to read", error.pos[0]);
  if (error) source.fail(`not valid YAML: ${error.message}`, error.pos[0]);
  source.document = document;
  if (!isMap(document.contents) && !isSeq(document.contents))
    source.fail("expected keys such as intents, lists or expansion_rules", 0);
  return new YamlValue(document.contents, source);
}

function readText(path: string): string {
  const fail = (message: string, cause?: unknown): never => {
    throw new EarshotError("TEMPLATES_INVALID", `${path}: ${message}`, { place: path, cause });
  };
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    return fail("cannot be read: check the path and its permissions", cause);
  }
  if (bytes.length > MAX_BYTES) return fail(`larger than ${MAX_BYTES} bytes: split the file`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    return fail("not UTF-8 text: save the file as UTF-8", cause);
  }
}

class YamlSource {
  readonly name: string;
  readonly #lines: LineCounter;
  document: Document | undefined;
  #aliases = 0;

  constructor(name: string, lines: LineCounter) {
    this.name = name;
    this.#lines = lines;
  }

  place(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.name}:${line || 1}:${col || 1}`;
  }

  fail(message: string, offset: number): never {
    const place = this.place(offset);
    throw new EarshotError("TEMPLATES_INVALID", `${place}: ${message}`, { place });
  }

  follow(node: unknown): unknown {
    if (!isAlias(node)) return node;
    if (++this.#aliases > MAX_ALIASES) this.fail("too many aliases (*name)", node.range?.[0] ?? 0);
    return this.document && node.resolve(this.document);
  }
}

/** A node of a YAML file that knows its place. Its readers name what they expected when it is not there. */
export class YamlValue {
  readonly #node: unknown;
  readonly #source: YamlSource;

  constructor(node: unknown, source: YamlSource) {
    this.#source = source;
    this.#node = source.follow(node);
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
    if (!isMap(this.#node)) return this.fail("expected keys and values here");
    return this.#node.items.map(({ key, value }) => {
      const keyNode = new YamlValue(key, this.#source);
      return [keyNode.text(), new YamlValue(value ?? key, this.#source).#orNull(value), keyNode];
    });
  }

  /** The entries of a map that may have these keys only. `advice`: what to do with some that it may not have. */
  record(
    known: readonly string[],
    what: string,
    advice: ReadonlyMap<string, string> = new Map(),
  ): Map<string, YamlValue> {
    const record = new Map<string, YamlValue>();
    for (const [key, value, keyNode] of this.entries()) {
      if (!known.includes(key)) {
        const told = advice.get(key);
        const hint = told === undefined ? suggestion(key, known) : `; ${told}`;
        keyNode.fail(`unknown key "${key}" in ${what}${hint}`);
      }
      record.set(key, value);
    }
    return record;
  }

  items(): YamlValue[] {
    if (this.isNull) return [];
    if (!isSeq(this.#node)) return this.fail("expected a list here: lines that start with -");
    return this.#node.items.map((item) => new YamlValue(item, this.#source));
  }

  /** One value, or a list of them. */
  itemsOrOne(): YamlValue[] {
    return this.isList ? this.items() : [this];
  }

  scalar(): SlotScalar {
    const value = isScalar(this.#node) ? this.#node.value : undefined;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      return value;
    return this.fail("expected one value here: a text, a number, true or false");
  }

  text(): string {
    return String(this.scalar());
  }

  number(): number {
    const value = this.scalar();
    return typeof value === "number" ? value : this.fail("expected a number here");
  }

  flag(): boolean {
    const value = this.scalar();
    return typeof value === "boolean" ? value : this.fail("expected true or false here");
  }

  #orNull(value: unknown): YamlValue {
    return value == null ? new YamlValue(null, this.#source) : this;
  }

  #offset(offset: number): number {
    const node = this.#node;
    const range = isMap(node) || isSeq(node) || isScalar(node) ? node.range : undefined;
    if (!range) return 0;
    const quoted = isScalar(node) && (node.type === "QUOTE_DOUBLE" || node.type === "QUOTE_SINGLE");
    return Math.min(range[0] + (quoted ? 1 : 0) + offset, Math.max(range[0], range[1] - 1));
  }
}
