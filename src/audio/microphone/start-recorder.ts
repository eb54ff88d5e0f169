import { fileURLToPath } from "node:url";
import recordLibrary from "node-record-lpcm16";
import type { SupervisedChild } from "../../lifetime/resources/child-process.ts";
import { withParentDeathSignal } from "../../lifetime/exit/parent-death.ts";
import type { Scope } from "../../lifetime/scope.ts";
import { chooseRecorder } from "./recorders.ts";

const RECORDER_MODULE = fileURLToPath(new URL("recorder-command.cjs", import.meta.url));

/**
 * Starts a recorder in its own process group. It stops when the scope closes and dies with this process. Its standard
 * output is mono 16 kHz PCM16.
 *
 * @throws EarshotError RECORDER_MISSING, CONTEXT_CLOSED; RangeError for an unknown recorder
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
  // The library emits a string as an error when the recorder ends. The exit status comes from the process instead.
  recording.stream().on("error", () => {});
  // Must run in the same turn, or the 'error' event of a program that cannot be started has no listener.
  return scope.adopt(recording.process, {
    name,
    phase: "intake",
    failureCode: "RECORDER_MISSING",
    remedy: `install it (apt-get install ${packageName})`,
  });
}
