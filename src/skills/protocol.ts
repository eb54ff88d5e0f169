import type { Language } from "../languages/language.ts";
import type { WireError } from "../workers/wire-error.ts";
import type { SkillEvent, SkillReply, SkillStatus, Slots } from "./host/skill-events.ts";

/** A module that is a skill. */
export type SkillModule = { readonly name: string; readonly file: string };

/** Data that the thread of a generation receives at its start. */
export type ThreadStart = {
  readonly folder: string;
  readonly language: Language;
  readonly modules: readonly SkillModule[];
  readonly activity: SharedArrayBuffer;
  /** JSON of each skill's state as it is while they load. */
  readonly states: Readonly<Record<string, string>>;
  /** Time stands still until it is moved by `advance`; ms since 1970 at the start. */
  readonly virtualClockMs: number | undefined;
  readonly limits: ThreadLimits;
};

export type ThreadLimits = {
  /** Limit of a handler, ms. */
  readonly commandMs: number;
  /** Limit of one `onInstall` or `onStart`, ms. */
  readonly startMs: number;
  /** Limit of one cleanup, `onStop`, `onUninstall` or `afterUninstall`, ms. */
  readonly cleanupMs: number;
  /** Limit of the whole end of a generation, ms. */
  readonly stopMs: number;
};

/** What a generation receives when it takes over. */
export type Takeover = {
  readonly states: Readonly<Record<string, string>>;
  readonly signals: Readonly<Record<string, unknown>>;
  /** When each alert was last raised, by `process.hrtime` in ms. */
  readonly alerts: Readonly<Record<string, number>>;
  /** Skills that have not been here before. */
  readonly toInstall: readonly string[];
};

export type ToThread =
  | ({ readonly kind: "start" } & Takeover)
  | {
      readonly kind: "command";
      readonly id: number;
      readonly intent: string;
      readonly slots: Slots;
      readonly text: string;
      readonly utteranceId: string;
    }
  | { readonly kind: "abort"; readonly id: number }
  | { readonly kind: "signal"; readonly name: string; readonly value: unknown }
  | { readonly kind: "ping" }
  | { readonly kind: "advance"; readonly id: number; readonly ms: number }
  /** Run the cleanups; `uninstalled` are the skills that are there no more. */
  | { readonly kind: "stop"; readonly uninstalled: readonly string[] };

type WithoutGeneration<T> = T extends unknown ? Omit<T, "generation"> : never;

/** An action of a skill outside of a command, as the host passes it on. */
export type ThreadEvent = WithoutGeneration<
  Extract<SkillEvent, { type: "lifecycle" | "log" | "say" | "alert" }>
>;

export type FromThread =
  /** Everything is loaded; `states` are the changes made while loading. */
  | { readonly kind: "loaded"; readonly states: Readonly<Record<string, string>> }
  | { readonly kind: "not-loaded"; readonly error: WireError; readonly file: string | undefined }
  | { readonly kind: "started"; readonly installed: readonly string[] }
  | { readonly kind: "skills"; readonly skills: readonly SkillStatus[] }
  | {
      readonly kind: "answer";
      readonly id: number;
      readonly handled: boolean;
      readonly replies: readonly SkillReply[];
      readonly error: WireError | undefined;
    }
  | { readonly kind: "event"; readonly event: ThreadEvent }
  /** When an alert was raised, by `process.hrtime` in ms. */
  | { readonly kind: "alerted"; readonly name: string; readonly atMs: number }
  | { readonly kind: "state"; readonly skill: string; readonly json: string }
  /** A process that was started, or has ended. */
  | { readonly kind: "child"; readonly pid: number; readonly isRunning: boolean }
  /** Objects and buffers of the thread. */
  | { readonly kind: "pong"; readonly memoryBytes: number }
  | { readonly kind: "advanced"; readonly id: number }
  /** An error that nobody caught, or `process.exit`. */
  | { readonly kind: "crashed"; readonly error: WireError; readonly skill: string | undefined }
  | {
      readonly kind: "stopped";
      readonly cleanups: number;
      readonly failures: number;
      readonly uninstalled: readonly string[];
    };
