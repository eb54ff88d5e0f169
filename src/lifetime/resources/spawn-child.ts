import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { assertOneOf } from "../../base/one-of.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import { SupervisedChild, type SuperviseOptions } from "./child-process.ts";
import type { Owner } from "../owner.ts";
import { withParentDeathSignal } from "../exit/parent-death.ts";

type Stdio = "pipe" | "ignore" | "inherit";

export type SpawnOptions = SuperviseOptions & {
  readonly cwd?: string;
  /** @default the environment of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** stdin, stdout, stderr. @default ["ignore", "pipe", "pipe"] */
  readonly stdio?: readonly [Stdio, Stdio, Stdio];
};

const ADOPT_NAMES = {
  name: true,
  stopSignal: true,
  killAfterMs: true,
  phase: true,
  failureCode: true,
  remedy: true,
} satisfies OptionNames<SuperviseOptions>;
const SPAWN_NAMES = {
  ...ADOPT_NAMES,
  cwd: true,
  env: true,
  stdio: true,
} satisfies OptionNames<SpawnOptions>;

/**
 * Starts a program in a process group of its own; it dies with its owner, and with this process.
 * @throws TypeError for an option that is not taken, also one of `child_process`; EarshotError SPAWN_FAILED (or `failureCode`), or CONTEXT_CLOSED
 */
export async function spawnChild(
  owner: Owner,
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<SupervisedChild> {
  assertOptionNames("spawn", options, SPAWN_NAMES);
  assertStopSignal(options);
  owner.assertOpen();
  const { cwd, env, stdio = ["ignore", "pipe", "pipe"] } = options;
  const wrapped = withParentDeathSignal(command, args, stdio);
  const process = spawn(wrapped.command, wrapped.args, {
    ...wrapped.options,
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
  });
  const child = new SupervisedChild(owner, process, { name: command, ...options });
  await child.started;
  return child;
}

/**
 * Puts a process that somebody else has just spawned under the same care. Call it in the same turn as the
 * `spawn`, before an 'error' event of a missing program can come; spawn it with what
 * `withParentDeathSignal` returns.
 * @throws TypeError for an option that is not known; EarshotError CONTEXT_CLOSED
 */
export function superviseChild(
  owner: Owner,
  child: ChildProcess,
  options: SuperviseOptions = {},
): SupervisedChild {
  assertOptionNames("adopt", options, ADOPT_NAMES);
  assertStopSignal(options);
  return new SupervisedChild(owner, child, options);
}

/** A signal that does not exist would be found out when the child is to end. */
function assertStopSignal({ stopSignal }: SuperviseOptions): void {
  if (stopSignal === undefined) return;
  assertOneOf("stopSignal", stopSignal, Object.keys(constants.signals));
}
