import { readdirSync, readFileSync } from "node:fs";
import type { CommandSet } from "./sets.ts";

const MAX_RECORDINGS = 100;
const BUILT = new URL("../../dist/builds/current/src/", import.meta.url);

/**
 * Peak memory, MB, of a worker that recognises up to 100 recordings of a set; undefined without /proc. The worker runs
 * from the built package, because from the sources it would contain a compiler as well.
 */
export async function workerPeakMb(set: CommandSet): Promise<number | undefined> {
  if (process.platform !== "linux") return undefined;
  const { Scope } = await built<typeof import("../../src/lifetime/scope.ts")>("lifetime/scope.js");
  const { SpeechToText } =
    await built<typeof import("../../src/stt/speech-to-text.ts")>("stt/speech-to-text.js");
  const before = new Set(children());
  await using scope = new Scope("memory");
  const stt = await SpeechToText.open(scope, { language: "en", isolation: "process" });
  await stt.setGrammar(set.automaton);
  for (const { samples } of set.recordings().slice(0, MAX_RECORDINGS)) await stt.recognize(samples);
  const worker = children().find((pid) => !before.has(pid));
  return worker === undefined ? undefined : numberIn(worker, "VmHWM") / 1024;
}

async function built<Module>(file: string): Promise<Module> {
  return (await import(new URL(file, BUILT).href)) as Module;
}

function children(): string[] {
  return readdirSync("/proc").filter(
    (entry) => /^\d+$/.test(entry) && numberIn(entry, "PPid") === process.pid,
  );
}

/** A number from /proc/PID/status; NaN if the process has ended. */
function numberIn(pid: string, field: string): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(status)?.[1]);
  } catch {
    return Number.NaN;
  }
}
