import { spawn, type ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { assertOneOf } from "../../base/one-of.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import { SupervisedChild, type SuperviseOptions } from "./child-process.ts";
import type { Owner } from "../owner.ts";
import { withParentDeathSignal } from "../exit/parent-death.ts";

type Stdio = "pipe" | "ignore" | "inherit";

/** How a program is started, stopped and reported. */
export type SpawnOptions = SuperviseOptions & {
  /** The working directory. @default that of this process */
  readonly cwd?: string;
  /** The environment variables. @default those of this process */
  readonly env?: NodeJS.ProcessEnv;
  /** How stdin, stdout and stderr are connected. @default ["ignore", "pipe", "pipe"] */
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
 * Starts a program in a process group of its own, which dies with its owner and with this process.
 * @throws TypeError for an unknown option, including those of `child_process`; EarshotError SPAWN_FAILED or
 * `failureCode`, CONTEXT_CLOSED
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
 * Supervises a child process that the caller has just spawned from the result of `withParentDeathSignal`. Call it in
 * the same turn of the event loop as `spawn`: the 'error' event of a missing program comes in the next.
 * @throws TypeError for an unknown option; EarshotError CONTEXT_CLOSED
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

/** Checks the signal at the start: otherwise a mistake would show only when the child is stopped. */
function assertStopSignal({ stopSignal }: SuperviseOptions): void {
  if (stopSignal === undefined) return;
  assertOneOf("stopSignal", stopSignal, Object.keys(constants.signals));
}
