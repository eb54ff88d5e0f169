import { suggestion } from "./edit-distance.ts";
import { kindOf } from "./kind-of.ts";

/** All names of the options `T`: one that is left out does not compile. */
export type OptionNames<T> = Readonly<Record<keyof T, unknown>>;

/**
 * Refuses a name that no option has, which would be left out silently.
 * @param owner whose options they are: "VoiceContext"
 * @throws TypeError with the name that was most likely meant, or with all there are
 */
export function assertOptionNames(owner: string, options: unknown, known: object): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`the options of ${owner} must be an object, not ${kindOf(options)}`);
  }
  const names = Object.keys(known);
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const hint = suggestion(unknown, names) || `; there are ${names.join(", ")}`;
  throw new TypeError(`unknown option "${unknown}" of ${owner}${hint}`);
}
