import { asyncExitHook } from "exit-hook";
import { begin, cleanups, LIMIT_MS } from "./scenario.mjs";

for (const cleanup of cleanups) asyncExitHook(cleanup, { wait: LIMIT_MS });
begin();
