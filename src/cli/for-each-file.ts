import { EarshotError } from "../errors.ts";
import { describeError, EXIT } from "./execute.ts";

/**
 * Works through `files` in order. One that cannot be read is a line on stderr and loses none of the others;
 * the exit status tells of it.
 */
export async function forEachFile(
  files: readonly string[],
  body: (file: string) => Promise<void>,
): Promise<number> {
  let status: number = EXIT.done;
  for (const file of files) {
    try {
      await body(file);
    } catch (error) {
      if (!(error instanceof EarshotError) || !error.code.startsWith("AUDIO_")) throw error;
      process.stderr.write(`earshot: ${describeError(error)}\n`);
      status = EXIT.usage;
    }
  }
  return status;
}
