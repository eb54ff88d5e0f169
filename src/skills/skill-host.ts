import type { Scope } from "../context/scope.ts";
import { EarshotError } from "../errors.ts";
import type { Language } from "../language.ts";
import type {
  HandleResult,
  ReloadReason,
  ReloadResult,
  SkillCommand,
  SkillEvent,
  SkillHostStatus,
} from "./skill-events.ts";

export type SkillHostOptions = {
  /** Skills are the modules in this folder, and its folders with an `index` module. */
  readonly folder: string;
  /** What people speak; skills see it. */
  readonly language: Language;
  /** Where `state` is kept across restarts. @default ".state" in `folder` */
  readonly stateFolder?: string;
  /** Load anew when a file of the folder changes. @default false */
  readonly reloadOnChange?: boolean;
  readonly onEvent: (event: SkillEvent) => void;
};

/**
 * The skills of a folder, alive in a thread of their own, which a reload replaces as a whole. Whatever they do,
 * this thread goes on; whatever way the process is left, short of SIGKILL, their cleanups run.
 */
export class SkillHost {
  /** Every intent that a skill handles now. */
  get intents(): readonly string[] {
    return notYet();
  }

  /**
   * Loads the skills and starts them.
   * @throws EarshotError SKILL_INVALID with the place of the mistake, CONTEXT_CLOSED
   */
  static open(_scope: Scope, _options: SkillHostOptions): Promise<SkillHost> {
    return notYet();
  }

  /**
   * Has the skill of this intent handle a command: once, however many reloads there are meanwhile. Waits while a
   * reload is under way.
   * @throws EarshotError CONTEXT_CLOSED; `command.signal.reason`
   */
  handle(_command: SkillCommand): Promise<HandleResult> {
    return notYet();
  }

  /** Sets a signal that skills see as `signals.get(name)`; it outlives reloads. JSON values. */
  setSignal(_name: string, _value: unknown): void {
    notYet();
  }

  /** Loads everything anew; all or nothing. Never rejects for what is wrong in a skill. */
  reload(_reason: ReloadReason): Promise<ReloadResult> {
    return notYet();
  }

  status(): SkillHostStatus {
    return notYet();
  }

  /** Runs the cleanups and ends the thread. Idempotent; the scope does it too. */
  async close(): Promise<void> {
    notYet();
  }
}

function notYet(): never {
  throw new EarshotError("CONTEXT_CLOSED", "skills are not there yet");
}
