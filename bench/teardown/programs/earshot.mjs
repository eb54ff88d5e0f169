import { cleanupRegistry, Scope } from "../../../dist/src/index.js";
import { begin, cleanups, LIMIT_MS, say } from "./scenario.mjs";

cleanupRegistry.setLimits({ entryMs: LIMIT_MS - 1_000, totalMs: LIMIT_MS });
cleanupRegistry.installSignalHandlers();
const scope = new Scope("bench");
for (const [index, cleanup] of cleanups.entries()) {
  scope.defer(cleanup, { sync: () => say(`fallback ${index}`) });
}
begin();
