/** A value of a tagged slot: what people say, as a template, and the value it stands for. */
export type TaggedValue = { readonly said: string; readonly value: string | undefined };

/** A Rhasspy sentence as a template. */
export type ConvertedSentence = {
  readonly template: string;
  /** Slots with a fixed value that no word says. */
  readonly slots: Readonly<Record<string, string>>;
};

/** Stores the list that a tag becomes. @returns the name of the list */
export type AddList = (slot: string, values: readonly TaggedValue[]) => string;

/** A construction without a counterpart; `offset` counts characters from the start of the sentence. */
export class RhasspySyntaxError extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** A piece of a sentence, and the value it stands for if that differs from the words. */
type Piece = {
  readonly said: string;
  readonly value: string | undefined;
  /** The alternatives of a group in brackets. */
  readonly branches: readonly Piece[] | undefined;
  /** Name of the list that `$name` refers to. */
  readonly list?: string;
  readonly range?: string;
};

const SPECIAL = new Set("()[]{}<>|:$ \t");

/**
 * Rewrites one sentence template of Rhasspy's sentences.ini: `(red | green){color}` becomes a list, `word:other`
 * a value that stands for another, `$rooms{room}` a list given with --lists, `<other.rule>` a rule.
 * @throws RhasspySyntaxError
 */
export function convertSentence(text: string, intent: string, addList: AddList): ConvertedSentence {
  const converter = new Converter(text, intent, addList);
  return converter.convert();
}

class Converter {
  readonly #text: string;
  readonly #intent: string;
  readonly #addList: AddList;
  readonly #slots: Record<string, string> = {};
  #at = 0;

  constructor(text: string, intent: string, addList: AddList) {
    this.#text = text;
    this.#intent = intent;
    this.#addList = addList;
  }

  convert(): ConvertedSentence {
    const branches = this.#branches("");
    const said = branches.map((piece) => this.#untagged(piece).said.trim()).join("|");
    return { template: branches.length > 1 ? `(${said})` : said, slots: this.#slots };
  }

  /** Alternatives up to the closing character. */
  #branches(closing: string): Piece[] {
    const begun = this.#at;
    const branches: Piece[][] = [[]];
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined && closing)
        throw new RhasspySyntaxError(`"${closing}" is missing`, begun);
      if (character === undefined || character === closing) break;
      if (character === "|") {
        this.#at++;
        branches.push([]);
      } else if (/\s/.test(character)) {
        this.#at++;
        branches.at(-1)?.push(plain(" "));
      } else branches.at(-1)?.push(this.#tagged());
    }
    this.#at++;
    return branches.map(join);
  }

  /** Reads a piece with its substitution and its tag. */
  #tagged(): Piece {
    let piece = this.#piece();
    if (this.#text[this.#at] === ":") piece = { ...piece, value: this.#substitution() };
    this.#skipConverter();
    if (this.#text[this.#at] !== "{") return this.#untagged(piece);
    const end = this.#text.indexOf("}", this.#at);
    if (end < 0) throw new RhasspySyntaxError('"}" is missing', this.#at);
    const [slot = "", fixed] = this.#text.slice(this.#at + 1, end).split(":");
    const name = slot.replace(/!.*$/, "").trim();
    if (!name) throw new RhasspySyntaxError("a tag without a name", this.#at);
    this.#at = end + 1;
    return this.#asSlot(piece, name, fixed);
  }

  #asSlot(piece: Piece, slot: string, fixed: string | undefined): Piece {
    if (piece.list && fixed === undefined) return plain(`{${piece.list}:${slot}}`);
    if (piece.range && fixed === undefined) return plain(`{${piece.range}:${slot}}`);
    const value = fixed ?? piece.value;
    if (piece.said.trim() === "") {
      this.#slots[slot] = value ?? "";
      return plain("");
    }
    const values =
      piece.branches && fixed === undefined
        ? piece.branches.map((branch) => ({
            said: branch.said.trim(),
            value: branch.value ?? value,
          }))
        : [{ said: this.#untagged(piece).said, value }];
    return plain(`{${this.#addList(slot, values)}:${slot}}`);
  }

  #untagged(piece: Piece): Piece {
    if (piece.list) return { ...piece, said: `{${piece.list}}` };
    return piece.range ? { ...piece, said: `{${piece.range}:number}` } : piece;
  }

  #piece(): Piece {
    const at = this.#at;
    const character = this.#text[at] ?? "";
    if (character === "(" || character === "[") {
      this.#at++;
      const branches = this.#branches(character === "(" ? ")" : "]");
      const said = branches.map((branch) => branch.said.trim()).join("|");
      if (character === "[") return plain(`[${said}]`);
      const [only] = branches;
      if (branches.length === 1 && (only?.range || only?.list)) return only;
      if (branches.length === 1 && only)
        return { ...only, said: said === "" ? "" : `(${said})`, branches };
      return { said: `(${said})`, value: undefined, branches };
    }
    if (character === "<") return this.#rule(at);
    if (character === "$") {
      const [name = ""] = /^\$[\p{L}\p{N}_/,-]+/u.exec(this.#text.slice(at)) ?? [];
      this.#at += Math.max(1, name.length);
      if (name === "") throw new RhasspySyntaxError('"$" without the name of a slot list', at);
      return { ...plain(""), list: name.slice(1).replace(/[,/]/g, "-") };
    }
    if (character === ":") return plain("");
    if (character !== "\\" && SPECIAL.has(character))
      throw new RhasspySyntaxError(`"${character}" is not expected here`, at);
    return this.#word();
  }

  #rule(at: number): Piece {
    const end = this.#text.indexOf(">", at);
    if (end < 0) throw new RhasspySyntaxError('">" is missing', at);
    const name = this.#text.slice(at + 1, end);
    this.#at = end + 1;
    return plain(`<${name.includes(".") ? name : `${this.#intent}.${name}`}>`);
  }

  #word(): Piece {
    const [range] =
      /^-?\d+\.\.-?\d+(?:,\d+)?(?![^\s(){}[\]<>|:!])/.exec(this.#text.slice(this.#at)) ?? [];
    if (range) {
      this.#at += range.length;
      return { ...plain(""), range };
    }
    let said = "";
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at] ?? "";
      if (character === "\\") {
        said += `\\${this.#text[++this.#at] ?? ""}`;
      } else if (SPECIAL.has(character) || character === "!") break;
      else said += character === ";" ? "\\;" : character;
    }
    if (said === "" && this.#text[this.#at] === "!") this.#at++;
    return plain(said);
  }

  /** `:word` after a piece. */
  #substitution(): string {
    this.#at++;
    if (this.#text[this.#at] === "(") {
      this.#at++;
      return this.#branches(")")
        .map((branch) => branch.said.trim())
        .join(" ");
    }
    const [text = ""] = /^[^\s(){}[\]<>|:!]*/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += text.length;
    return text;
  }

  /** Skips `!int` and the like: our values have their type already. */
  #skipConverter(): void {
    const [converter = ""] = /^(?:![\w,]+)+/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += converter.length;
  }
}

function plain(said: string): Piece {
  return { said, value: undefined, branches: undefined };
}

/** Joins a sequence of pieces; keeps the value it stands for if that differs from the words. */
function join(pieces: readonly Piece[]): Piece {
  const [only, ...others] = pieces.filter(({ said, list, range }) => said.trim() || list || range);
  if (only && others.length === 0) return only;
  const said = pieces
    .map((piece) => piece.said)
    .join("")
    .replace(/\s+/g, " ");
  const differs = pieces.some((piece) => piece.value !== undefined);
  const value = pieces
    .map((piece) => piece.value ?? piece.said)
    .join("")
    .replace(/\s+/g, " ")
    .trim();
  return { said, value: differs ? value : undefined, branches: undefined };
}
