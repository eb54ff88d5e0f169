import { onExit } from "signal-exit";
import { begin, cleanups } from "./scenario.mjs";

for (const cleanup of cleanups) onExit(() => void cleanup());
begin();
