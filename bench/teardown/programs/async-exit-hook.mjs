import exitHook from "async-exit-hook";
import { begin, cleanups, LIMIT_MS } from "./scenario.mjs";

exitHook.forceExitTimeout(LIMIT_MS);
for (const cleanup of cleanups) {
  exitHook(async (done) => {
    await cleanup();
    done();
  });
}
exitHook.uncaughtExceptionHandler((_, done) => done());
begin();
