import { parseDurationMs } from "../../base/duration.ts";
import { parseFlag, parseHook, parseText } from "./setting-values.ts";
import type { Setting } from "./setting.ts";

/** What `earshot run` does with what it hears. Durations are milliseconds. */
export type RunSettings = {
  skills: string | undefined;
  state: string | undefined;
  reloadOnChange: boolean;
  reloadOnHup: boolean;
  replies: readonly string[];
  say: string | undefined;
  bargeIn: boolean;
  coolDown: number;
  pushToTalk: boolean;
  on: readonly string[];
  onListen: string | undefined;
  onDone: string | undefined;
};

export const RUN_SETTINGS: { readonly [K in keyof RunSettings]: Setting } = {
  skills: {
    flags: "--skills <folder>",
    describe: "what to do: a folder of skills (docs/skills.md)",
    parse: parseText,
    path: true,
    default: undefined,
  },
  state: {
    flags: "--state <folder>",
    describe: "where skills keep their state; else .state in their folder",
    parse: parseText,
    path: true,
    default: undefined,
  },
  reloadOnChange: {
    flags: "--reload-on-change",
    describe: "load the skills anew when a file of them changes",
    parse: parseFlag,
    default: false,
  },
  reloadOnHup: {
    flags: "--reload-on-hup",
    describe: "SIGHUP loads the skills anew instead of ending",
    parse: parseFlag,
    default: false,
  },
  replies: {
    flags: "--replies <path>",
    describe: "texts of replies: a file or folder; may be given several times",
    parse: parseText,
    many: true,
    path: true,
    default: [],
  },
  say: {
    flags: "--say <command>",
    describe: 'speak replies with a program, such as "espeak-ng -v fr"; else they are printed',
    parse: parseText,
    default: undefined,
  },
  bargeIn: {
    flags: "--barge-in",
    describe: "listen while a reply is spoken; speech cuts it off (needs echo cancellation)",
    parse: parseFlag,
    default: false,
  },
  coolDown: {
    flags: "--cool-down <time>",
    describe:
      "after own speech nothing is heard, after the wake phrase no other counts, for so long",
    parse: parseDurationMs,
    default: "500ms",
  },
  pushToTalk: {
    flags: "--push-to-talk",
    describe: "listen only when asked to: SIGUSR2, or the space bar on a terminal",
    parse: parseFlag,
    default: false,
  },
  on: {
    flags: "--on <event=command>",
    describe: "run a command at an event, which it gets as JSON; may be given several times",
    parse: parseHook,
    many: true,
    separator: "\n", // commands have colons
    default: [],
  },
  onListen: {
    flags: "--on-listen <command>",
    describe: 'run this when somebody begins to speak to it, such as "mpc pause"',
    parse: parseText,
    default: undefined,
  },
  onDone: {
    flags: "--on-done <command>",
    describe: 'run this when that has been dealt with, such as "mpc play"',
    parse: parseText,
    default: undefined,
  },
};
