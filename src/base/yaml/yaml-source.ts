import { isAlias, type Document, type LineCounter } from "yaml";
import { EarshotError, type EarshotErrorCode } from "../../errors.ts";

/** Bounds aliases: far above honest use, far below a "billion laughs" attack. */
const MAX_ALIASES = 10_000;

/** The source of the nodes of a YAML file: locates them and follows aliases. */
export class YamlSource {
  /** Path of the file, for messages. */
  readonly name: string;
  readonly #code: EarshotErrorCode;
  readonly #lines: LineCounter;
  document: Document | undefined;
  #aliases = 0;

  /** @param code code of every error */
  constructor(name: string, code: EarshotErrorCode, lines: LineCounter) {
    this.name = name;
    this.#code = code;
    this.#lines = lines;
  }

  line(offset: number): number {
    return this.#lines.linePos(offset).line || 1;
  }

  place(offset: number): string {
    const { col } = this.#lines.linePos(offset);
    return `${this.name}:${this.line(offset)}:${col || 1}`;
  }

  fail(message: string, offset: number): never {
    const place = this.place(offset);
    throw new EarshotError(this.#code, `${place}: ${message}`, { place });
  }

  follow(node: unknown): unknown {
    if (!isAlias(node)) return node;
    if (++this.#aliases > MAX_ALIASES) this.fail("too many aliases (*name)", node.range?.[0] ?? 0);
    return this.document && node.resolve(this.document);
  }
}
