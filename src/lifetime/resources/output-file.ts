import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { assertOneOf } from "../../base/one-of.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import type { Owner } from "../owner.ts";

/** How an output file is opened. */
export type OutputFileOptions = {
  /** "w" replaces the content of the file, "a" appends to it. @default "w" */
  readonly flags?: "w" | "a";
};

const NAMES = { flags: true } satisfies OptionNames<OutputFileOptions>;

/**
 * Opens a file for writing. When the owner has closed, everything written is in the file.
 * @throws TypeError for a wrong option; the error of `open`, such as ENOENT or EACCES; EarshotError CONTEXT_CLOSED
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
    await end(); // the owner has closed meanwhile
    throw error;
  }
  return stream;
}
