import path from "node:path";

/** True: warnings say where a scope was opened, which costs a stack trace for each scope. */
const IS_DEBUG = Boolean(process.env["EARSHOT_DEBUG"]);

const EARSHOT = path.dirname(import.meta.dirname);

/** The properties of a scope that a warning names. */
type ForgettableCore = {
  readonly name: string;
  readonly isOpen: boolean;
  status(): { readonly held: readonly { readonly name: string }[] };
};

type Forgotten = { readonly core: ForgettableCore; readonly place: string };

const finalizers = new FinalizationRegistry<Forgotten>(({ core, place }) => {
  if (!core.isOpen) return;
  const held = core.status().held.map(({ name }) => `"${name}"`);
  const what = held.length === 0 ? "nothing" : held.join(", ");
  process.emitWarning(
    `The scope "${core.name}" was never closed and nobody can close it any more; it holds ${what}${place}`,
    { type: "EarshotWarning", code: "SCOPE_NOT_CLOSED" },
  );
});

/** Warns once when `scope` is garbage-collected before it was closed. */
export function warnWhenForgotten(scope: object, core: ForgettableCore): void {
  finalizers.register(scope, { core, place: IS_DEBUG ? `, opened ${placeOfCaller()}` : "" }, core);
}

/**
 * Stops watching a scope that closes, and drops its core: the stack of the core's abort reason may refer to the scope,
 * which would then never be collected.
 */
export function closedInTime(core: ForgettableCore): void {
  finalizers.unregister(core);
}

/** The first line of the stack outside of Earshot. */
function placeOfCaller(): string {
  const lines = (new Error("place").stack ?? "").split("\n").slice(1);
  return lines.find((line) => !line.includes(EARSHOT))?.trim() ?? "";
}
