import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { assertOneOf } from "../../base/one-of.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import type { Owner } from "../owner.ts";

export type OutputFileOptions = {
  /** "w" starts anew, "a" appends. @default "w" */
  readonly flags?: "w" | "a";
};

const NAMES = { flags: true } satisfies OptionNames<OutputFileOptions>;

/**
 * Opens a file for writing; when its owner closes, everything written so far is in it.
 * @throws TypeError for an option that is not known; the error of `open`: ENOENT, EACCES, …
 */
export async function openOutputFile(
  owner: Owner,
  file: string,
  options: OutputFileOptions = {},
): Promise<WriteStream> {
  assertOptionNames("outputFile", options, NAMES);
  const { flags = "w" } = options;
  assertOneOf("flags", flags, ["w", "a"]);
  owner.assertOpen();
  const stream = createWriteStream(file, { flags });
  await once(stream, "open");
  const end = (): Promise<void> =>
    new Promise((resolve, reject) => {
      if (stream.closed) return resolve();
      stream.once("close", resolve).once("error", reject);
      stream.end();
    });
  try {
    owner.defer(end, { name: file, phase: "files", describe: () => ({ path: file }) });
  } catch (error) {
    await end(); // the owner closed meanwhile
    throw error;
  }
  return stream;
}
