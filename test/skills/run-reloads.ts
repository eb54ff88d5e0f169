import path from "node:path";
import { Program, type Ended } from "../helpers/run-program.ts";
import { writeFiles } from "./skills-program.ts";

export type ReloadReport = {
  readonly threads: { readonly before: number; readonly after: number };
  /** After the tenth reload. */
  readonly growthMb: { readonly heap: number; readonly resident: number };
  readonly sent: number;
  readonly failed: readonly unknown[];
  readonly counters: object;
};

/** Notes each command in handled.txt, and its own end in goodbyes.txt; leaves behind whatever can be left. */
const LEAKY = `
  import { appendFileSync } from "node:fs";
  import { createServer } from "node:net";
  import { every, onCleanup, onIntent, signals, state } from "earshot/skills";
  const note = (file, line) => appendFileSync(new URL(file, import.meta.url), line + "\\n");
  setInterval(() => {}, 10);
  every("10ms", () => signals.set("ticks", (signals.get("ticks") ?? 0) + 1));
  createServer().listen(0, "127.0.0.1");
  globalThis.ballast = new Array(100_000).fill("x");
  onIntent("Note", async ({ utteranceId }) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    note("handled.txt", utteranceId);
    state.handled = (state.handled ?? 0) + 1;
  });
  onCleanup(() => note("goodbyes.txt", "goodbye"));
`;

/** Writes a skill that leaks into `folder`, and reloads it under load (test/fixtures/skills/reloads.ts). */
export async function runReloads(
  folder: string,
  reloads: number,
): Promise<{ readonly ended: Ended; readonly report: ReloadReport }> {
  writeFiles(folder, { "leaky.js": LEAKY });
  const program = new Program("skills/reloads", [path.resolve(folder), String(reloads)], {
    nodeArgs: ["--expose-gc"],
    limitMs: reloads * 3_000,
  });
  const ended = await program.ended;
  if (ended.code !== 0) throw new Error(`It ended with ${ended.code}: ${ended.stderr}`);
  return { ended, report: JSON.parse(ended.stdout) as ReloadReport };
}
