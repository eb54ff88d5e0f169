import { expect, test } from "vitest";
import { splitCommand } from "../../../src/run/user-command/split-command.ts";

test.each([
  ["espeak-ng -v fr", ["espeak-ng", "-v", "fr"]],
  ["  a\tb  ", ["a", "b"]],
  [`sh -c 'echo "a b" | cat'`, ["sh", "-c", 'echo "a b" | cat']],
  [`a "b \\" c" d\\ e '\\n'`, ["a", 'b " c', "d e", "\\n"]],
  [`a '' ""`, ["a", "", ""]],
  [`a"b"'c'd`, ["abcd"]],
  ["a \\", ["a", "\\"]],
])("%s", (line, words) => {
  expect(splitCommand(line)).toEqual(words);
});

test.each([
  ["", /empty/],
  ["  ", /empty/],
  ["say 'hello", /' is never closed/],
  ['say "hello', /" is never closed/],
])("%s is refused", (line, message) => {
  expect(() => splitCommand(line)).toThrow(message);
});
