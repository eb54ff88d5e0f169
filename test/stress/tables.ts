/** How rows are printed: id, title, times, passed, p50, p95, note. */
export type Table = {
  readonly head: readonly string[];
  readonly row: (cells: readonly string[]) => string;
};

const COLUMNS = ["", "scenario", "times", "passed", "p50 ms", "p95 ms", ""];
const WIDTHS = [4, 56, 7, 7, 7, 7, 0];
const TEXT_COLUMNS = 2;

/** For terminals. */
export const plainTable: Table = { head: [plainRow(COLUMNS)], row: plainRow };

/** For the documentation. */
export const markdownTable: Table = {
  head: [markdownRow(COLUMNS), "|---|---|--:|--:|--:|--:|---|"],
  row: markdownRow,
};

function plainRow(cells: readonly string[]): string {
  const padded = cells.map((cell, i) => {
    const width = WIDTHS[i] ?? 0;
    return i < TEXT_COLUMNS ? cell.padEnd(width) : cell.padStart(width);
  });
  return padded.join(" ").trimEnd();
}

function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
