import type { CleanupReport } from "../lifetime/cleanup/cleanup-report.ts";
import type { EarshotErrorCode } from "../errors.ts";
import type { SlotValue } from "../grammar/automaton.ts";
import type { ReplyEvent } from "./reply/replier.ts";
import type { ReloadReason } from "../skills/host/skill-events.ts";
import type { SlotFinding } from "./rules/outcome.ts";
import type { ListenEvent } from "../context/events.ts";

type At = {
  /** Position in the audio, milliseconds since listening began. */
  readonly atMs: number;
};

/** The state of the microphone. */
type MicrophoneRunEvent = At & {
  readonly type: "microphone";
} & (
    | {
        readonly state: "lost";
        readonly code: EarshotErrorCode;
        readonly message: string;
        /** When it is opened again, ms from now. */
        readonly retryInMs: number;
      }
    | {
        readonly state: "opened";
        readonly recorder: string;
        /** Time without sound, ms. */
        readonly deafMs: number;
      }
    /** Audio came faster than it could be worked on: so much of the oldest was lost since the last such event. */
    | { readonly state: "dropped"; readonly droppedMs: number }
  );

/** Templates, lists or rules were edited while it runs. */
type TemplatesRunEvent = At & { readonly type: "templates" } & (
    | {
        readonly state: "reloaded";
        /** Words without a pronunciation: sentences with them are not heard. */
        readonly unsayable: readonly string[];
      }
    /** The previous templates stay in force; `message` says where the mistake is. */
    | { readonly state: "failed"; readonly code: EarshotErrorCode; readonly message: string }
  );

/** The outcome of a command that a skill or the rules of its intent handled. */
type HandledEvent = At & {
  readonly type: "handled";
  readonly utteranceId: string;
  readonly intent: string;
  /** False: no skill takes it, or the rules of the intent refuse it. */
  readonly handled: boolean;
  readonly tookMs: number;
  readonly code?: EarshotErrorCode;
  readonly message?: string;
};

/** The rules of the intent changed or refused a command. */
type CheckedEvent = At & {
  readonly type: "checked";
  readonly utteranceId: string;
  readonly intent: string;
  readonly outcome: SlotFinding["outcome"];
  /** The slot that it is about. */
  readonly slot: string;
  /** The value that counts from here on, if there is one. */
  readonly value?: SlotValue;
};

export type SkillRunEvent =
  | (At & {
      readonly type: "skills";
      readonly generation: number;
      readonly state: "loaded" | "reloaded" | "failed" | "crashed";
      readonly reason?: ReloadReason;
      readonly skills?: readonly string[];
      readonly tookMs?: number;
      readonly cleanups?: number;
      readonly cleanupFailures?: number;
      readonly retryInMs?: number;
      readonly code?: EarshotErrorCode;
      readonly message?: string;
    })
  | (At & {
      readonly type: "skill-lifecycle";
      readonly skill: string;
      readonly hook: string;
      readonly phase: "before" | "after";
      readonly ok?: boolean;
    })
  | (At & {
      readonly type: "skill-log";
      readonly skill: string;
      readonly level: "debug" | "info" | "warn" | "error";
      readonly message: string;
    })
  | (At & { readonly type: "alert"; readonly skill: string; readonly name: string });

/** Something beside an utterance failed: a hook, the log. Everything else goes on. */
type RunErrorEvent = At & {
  readonly type: "error";
  readonly code: EarshotErrorCode;
  readonly message: string;
};

/** The last event: how everything was released. */
export type ShutdownEvent = At & { readonly type: "shutdown"; readonly report: CleanupReport };

/** Everything that `earshot run` tells of while it runs, one a line with `--json`. */
export type RunEvent =
  | ListenEvent
  | (At & ReplyEvent)
  | MicrophoneRunEvent
  | HandledEvent
  | CheckedEvent
  | SkillRunEvent
  | TemplatesRunEvent
  | RunErrorEvent
  | ShutdownEvent;
