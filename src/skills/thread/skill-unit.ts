import type { Language } from "../../languages/language.ts";
import type { SkillReply, SkillStatus, Slots } from "../host/skill-events.ts";
import { PersistentState } from "./persistent-state.ts";

/** A command, as its handler gets it. */
export type HandledCommand<S = Slots> = {
  readonly intent: string;
  /** Canonical value per slot name. */
  readonly slots: S;
  /** The words that were understood. */
  readonly text: string;
  /** "u1", "u2" …; the same in the events and the log of `earshot run`. */
  readonly utteranceId: string;
  readonly language: Language;
  /** Aborts when the handler takes too long or the skills are being ended. */
  readonly signal: AbortSignal;
};

/** Result of a handler: the reply, unless `say` has given it already. */
export type Answer = SkillReply | string | undefined | void;

export type Handler<S = Slots> = (command: HandledCommand<S>) => Answer | Promise<Answer>;

export type Hook = "onInstall" | "onStart" | "onStop" | "onUninstall" | "afterUninstall";

export type Timer = { readonly name: string; readonly periodMs: number };

/** The registrations of one skill. */
export class SkillUnit {
  readonly name: string;
  readonly file: string;
  readonly handlers = new Map<string, Handler>();
  readonly hooks = new Map<Hook, (() => unknown)[]>();
  readonly timers = new Set<Timer>();
  readonly state: PersistentState;
  /** When each alert was raised last, by `process.hrtime` in ms. */
  readonly alertedMs = new Map<string, number>();
  cleanups = 0;

  constructor(
    name: string,
    file: string,
    stateJson: string | undefined,
    onState: (json: string) => void,
  ) {
    this.name = name;
    this.file = file;
    this.state = new PersistentState(stateJson, onState);
  }

  get status(): SkillStatus {
    const { name, file, cleanups } = this;
    const timers = Array.from(this.timers, (timer) => ({ ...timer }));
    return { name, file, intents: [...this.handlers.keys()], timers, cleanups };
  }
}
