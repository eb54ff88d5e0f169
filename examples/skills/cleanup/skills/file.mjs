// A file that is written to all the time, flushed and closed at the end: NOTES=notes.txt
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { onCleanup, onIntent } from "earshot/skills";

const notes = createWriteStream(process.env.NOTES ?? "notes.txt", { flags: "a" });

onIntent("WriteDown", ({ slots }) => {
  notes.write(`${slots.words}\n`); // in memory still, perhaps
  return "I have written it down.";
});

onCleanup(async () => {
  notes.end("-- end --\n");
  await finished(notes); // everything is in the file now
});
