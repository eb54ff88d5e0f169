/** A redraw each 100 ms is all that people see. */
const REDRAW_MS = 100;
const ERASE_TO_END = "\u001B[J";

/** Lines at the bottom of a terminal that are drawn over again and again, below the lines that stay. */
export class LiveBlock {
  readonly #terminal: NodeJS.WriteStream;
  #drawnLines = 0;
  #drawnMs = -Infinity;

  constructor(terminal: NodeJS.WriteStream) {
    this.#terminal = terminal;
  }

  /** Draws what `lines` gives, unless it was drawn a moment ago. */
  draw(lines: () => readonly string[]): void {
    const nowMs = performance.now();
    if (nowMs - this.#drawnMs < REDRAW_MS) return;
    this.#drawnMs = nowMs;
    const width = this.#terminal.columns > 0 ? this.#terminal.columns : 80;
    const rows = this.#terminal.rows > 0 ? this.#terminal.rows : 24;
    const shown = lines()
      .slice(0, rows - 1)
      .map((line) => cut(line, width - 1)); // a full line would wrap
    this.#terminal.write(`${this.#erasing()}${shown.map((line) => `${line}\n`).join("")}`);
    this.#drawnLines = shown.length;
  }

  /** Takes the lines away, for something that stays to be written in their place. */
  erase(): void {
    if (this.#drawnLines === 0) return;
    this.#terminal.write(this.#erasing());
    this.#drawnLines = 0;
    this.#drawnMs = -Infinity;
  }

  #erasing(): string {
    return this.#drawnLines === 0 ? "" : `\r\u001B[${this.#drawnLines}A${ERASE_TO_END}`;
  }
}

function cut(line: string, width: number): string {
  const characters = Array.from(line.replaceAll(/\p{Cc}+/gu, " "));
  return characters.length <= width
    ? characters.join("")
    : `${characters.slice(0, width - 1).join("")}…`;
}
