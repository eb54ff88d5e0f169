import { EarshotError } from "../../errors.ts";

export const DAMAGED = "is cut off or damaged before any audio";

/** Creates the error AUDIO_TRUNCATED. `name` is what errors call the recording, and `what` follows it in the sentence. */
export function truncated(name: string, what: string, cause?: unknown): EarshotError {
  return new EarshotError("AUDIO_TRUNCATED", `${name} ${what}; record or copy it again.`, {
    place: name,
    ...(cause === undefined ? {} : { cause }),
  });
}
