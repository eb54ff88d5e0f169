import type { EarshotError } from "../../errors.ts";
import type { SlotValue } from "../../grammar/automaton.ts";

/** Canonical value per slot name, as the templates give them; what a reply may mention. */
export type Slots = Readonly<Record<string, SlotValue>>;

/** A reply of a skill: a text, or the key of a text that the speaker looks up. */
export type SkillReply =
  | { readonly text: string; readonly slots: Slots }
  | { readonly key: string; readonly slots: Slots };

/** One accepted command, for the skill that handles its intent. */
export type SkillCommand = {
  readonly intent: string;
  readonly slots: Slots;
  /** The words that were understood. */
  readonly text: string;
  /** "u1", "u2" …; in every event about this command. */
  readonly utteranceId: string;
  /** Gives the command up: the handler's own signal aborts, and `handle` rejects with the reason. */
  readonly signal?: AbortSignal;
};

export type HandleResult = {
  /** False: no skill has a handler for this intent. */
  readonly handled: boolean;
  /** In the order in which they were said; also what was said before an error. */
  readonly replies: readonly SkillReply[];
  /** SKILL_FAILED: the handler threw or took too long, or its thread ended. It has run once and is not run again. */
  readonly error?: EarshotError;
};

/** Why skills were loaded anew. */
export type ReloadReason = "changed" | "requested" | "signal" | "crashed";

export type ReloadResult =
  | {
      readonly ok: true;
      readonly generation: number;
      readonly skills: readonly string[];
      readonly tookMs: number;
    }
  /** The skills that ran before run on. */
  | {
      readonly ok: false;
      readonly generation: number;
      readonly error: EarshotError;
      readonly tookMs: number;
    };

type OfGeneration = { readonly generation: number };
type OfSkill = OfGeneration & { readonly skill: string };

/** Events of skills, and their actions outside of a handler. */
export type SkillEvent =
  | (OfGeneration & { readonly type: "loaded"; readonly skills: readonly string[] })
  | (OfGeneration & {
      readonly type: "reloaded";
      readonly reason: ReloadReason;
      readonly skills: readonly string[];
      readonly tookMs: number;
      /** Cleanups of the generation before: how many ran, and how many of them failed or were given up. */
      readonly cleanups: number;
      readonly cleanupFailures: number;
    })
  /** Skills that could not be loaded; those before run on. `error.place` says where. */
  | (OfGeneration & {
      readonly type: "failed";
      readonly reason: ReloadReason;
      readonly error: EarshotError;
    })
  /** A generation blocked, exited, ran out of memory or threw outside of a handler. */
  | (OfGeneration & {
      readonly type: "crashed";
      /** Whose code ran last, when that is known. */
      readonly skill: string | undefined;
      readonly error: EarshotError;
      /** When it is loaded again, ms from now. */
      readonly retryInMs: number;
    })
  /** A lifecycle hook, before and after it ran. */
  | (OfSkill & {
      readonly type: "lifecycle";
      readonly hook: "onInstall" | "onStart" | "onStop" | "onUninstall" | "afterUninstall";
      readonly phase: "before" | "after";
      /** With "after": false if the hook threw or was abandoned. */
      readonly ok?: boolean;
    })
  | (OfSkill & {
      readonly type: "log";
      readonly level: "debug" | "info" | "warn" | "error";
      readonly message: string;
    })
  /** `say` outside of a handler: from a timer, a socket … */
  | (OfSkill & { readonly type: "say"; readonly reply: SkillReply })
  | (OfSkill & { readonly type: "alert"; readonly name: string; readonly reply: SkillReply });

export type SkillStatus = {
  readonly name: string;
  /** Path of the module. */
  readonly file: string;
  readonly intents: readonly string[];
  readonly timers: readonly { readonly name: string; readonly periodMs: number }[];
  /** Cleanups that would run at its end. */
  readonly cleanups: number;
};

export type SkillHostStatus = {
  readonly state: "running" | "reloading" | "waiting-to-retry" | "closed";
  /** Counts from 1. */
  readonly generation: number;
  readonly skills: readonly SkillStatus[];
  /** Commands being handled or waiting for a reload to end. */
  readonly pendingCommands: number;
  readonly counters: {
    readonly commands: number;
    readonly commandFailures: number;
    readonly reloads: number;
    readonly failedReloads: number;
    readonly crashes: number;
    readonly cleanupFailures: number;
  };
  readonly lastError: EarshotError | undefined;
};
