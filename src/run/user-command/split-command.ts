/**
 * The program and arguments of a command line: words apart by spaces; '…' and "…" hold words together, \ takes the
 * next character as it is (in '…' not). No shell: for a pipe write `sh -c '…'`.
 * @throws RangeError for nothing, and for a quote that is never closed
 */
export function splitCommand(line: string): readonly [program: string, ...args: string[]] {
  const words: string[] = [];
  let word: string | undefined;
  let quote: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line[at]!;
    if (character === "\\" && quote !== "'" && at + 1 < line.length)
      word = (word ?? "") + line[++at];
    else if (character === quote) quote = undefined;
    else if (quote === undefined && (character === "'" || character === '"')) {
      quote = character;
      word ??= "";
    } else if (quote === undefined && /\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + character;
  }
  if (quote !== undefined) throw new RangeError(`a ${quote} is never closed in: ${line}`);
  if (word !== undefined) words.push(word);
  const [program, ...args] = words;
  if (program === undefined) throw new RangeError("the command is empty");
  return [program, ...args];
}
