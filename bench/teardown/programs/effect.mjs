import { NodeRuntime } from "@effect/platform-node";
import { Effect } from "effect";
import { begin, cleanups } from "./scenario.mjs";

const program = Effect.gen(function* () {
  for (const cleanup of cleanups)
    yield* Effect.addFinalizer(() => Effect.promise(async () => cleanup()));
  begin();
  yield* Effect.never;
});
NodeRuntime.runMain(Effect.scoped(program));
