import { call, ensure, main, suspend } from "effection";
import { begin, cleanups } from "./scenario.mjs";

await main(function* () {
  for (const cleanup of cleanups) {
    yield* ensure(function* () {
      yield* call(async () => cleanup());
    });
  }
  begin();
  yield* suspend();
});
