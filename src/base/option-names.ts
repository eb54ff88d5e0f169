import { suggestion } from "./edit-distance.ts";
import { kindOf } from "./kind-of.ts";

/** All names of the options `T`. The compiler rejects an incomplete list. */
export type OptionNames<T> = Readonly<Record<keyof T, unknown>>;

/**
 * Rejects unknown option names, which would otherwise be ignored.
 *
 * @param owner the class or function that has the options, such as "VoiceContext"
 * @throws TypeError with the name that was most likely meant, or with all names
 */
export function assertOptionNames(owner: string, options: unknown, known: object): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`the options of ${owner} must be an object, not ${kindOf(options)}`);
  }
  const names = Object.keys(known);
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const hint = suggestion(unknown, names) || `; the options are ${names.join(", ")}`;
  throw new TypeError(`unknown option "${unknown}" of ${owner}${hint}`);
}
