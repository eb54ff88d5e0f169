// A file that stays open for writing; a cleanup flushes and closes it: NOTES=notes.txt
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { onCleanup, onIntent } from "earshot/skills";

const notes = createWriteStream(process.env.NOTES ?? "notes.txt", { flags: "a" });

onIntent("WriteDown", ({ slots }) => {
  notes.write(`${String(slots.words)}\n`); // may still be in memory
  return "I have written it down.";
});

onCleanup(async () => {
  notes.end("-- end --\n");
  await finished(notes); // the file is complete
});
