import { fileURLToPath } from "node:url";
import recordLibrary from "node-record-lpcm16";
import type { SupervisedChild } from "../../lifetime/resources/child-process.ts";
import { withParentDeathSignal } from "../../lifetime/exit/parent-death.ts";
import type { Scope } from "../../lifetime/scope.ts";
import { chooseRecorder } from "./recorders.ts";

const RECORDER_MODULE = fileURLToPath(new URL("recorder-command.cjs", import.meta.url));

/**
 * Starts a recorder in a process group of its own; it is stopped when the scope closes and dies with this
 * process. Its standard output is mono 16 kHz PCM16. Errors: RECORDER_MISSING, CONTEXT_CLOSED.
 */
export function startRecorder(
  scope: Scope,
  wanted: { readonly recorder?: string; readonly device?: string },
): SupervisedChild {
  scope.assertOpen();
  const { name, args, env, packageName } = chooseRecorder(wanted.recorder, wanted.device);
  const safe = withParentDeathSignal(name, args, ["ignore", "pipe", "pipe"]);
  const recording = recordLibrary.record({
    recorder: RECORDER_MODULE,
    command: safe.command,
    args: safe.args,
    spawnOptions: { ...safe.options, env: { ...process.env, ...env } },
  });
  // The library throws a string at its stream when the recorder ends; how it ended is asked of the process.
  recording.stream().on("error", () => {});
  // In the same turn, or the 'error' event of a program that cannot be started would be nobody's.
  return scope.adopt(recording.process, {
    name,
    phase: "intake",
    failureCode: "RECORDER_MISSING",
    remedy: `install it (apt-get install ${packageName})`,
  });
}
