import { parseDurationMs } from "../../base/duration.ts";
import { parseFlag, parseHook, parseText } from "./setting-values.ts";
import type { Setting } from "./setting.ts";

/** Settings of `earshot run` for acting on commands. Durations are in milliseconds. */
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
    describe: "folder of skills, which act on intents (docs/skills.md)",
    parse: parseText,
    path: true,
    default: undefined,
  },
  state: {
    flags: "--state <folder>",
    describe: "folder for the state of skills; default: .state in the folder of skills",
    parse: parseText,
    path: true,
    default: undefined,
  },
  reloadOnChange: {
    flags: "--reload-on-change",
    describe: "reload the skills when one of their files changes",
    parse: parseFlag,
    default: false,
  },
  reloadOnHup: {
    flags: "--reload-on-hup",
    describe: "SIGHUP reloads the skills instead of ending the run",
    parse: parseFlag,
    default: false,
  },
  replies: {
    flags: "--replies <path>",
    describe: "file or folder with the texts of replies; repeatable",
    parse: parseText,
    many: true,
    path: true,
    default: [],
  },
  say: {
    flags: "--say <command>",
    describe: 'program that speaks replies, such as "espeak-ng -v fr"; default: print them',
    parse: parseText,
    default: undefined,
  },
  bargeIn: {
    flags: "--barge-in",
    describe: "listen during a spoken reply; speech interrupts it (needs echo cancellation)",
    parse: parseFlag,
    default: false,
  },
  coolDown: {
    flags: "--cool-down <time>",
    describe:
      "time to ignore all sound after a spoken reply, and a second wake phrase after the first",
    parse: parseDurationMs,
    default: "500ms",
  },
  pushToTalk: {
    flags: "--push-to-talk",
    describe: "listen only on request: SIGUSR2, or the space bar on a terminal",
    parse: parseFlag,
    default: false,
  },
  on: {
    flags: "--on <event=command>",
    describe: "command to run at an event, which it gets as JSON; repeatable",
    parse: parseHook,
    many: true,
    separator: "\n", // commands have colons
    default: [],
  },
  onListen: {
    flags: "--on-listen <command>",
    describe: 'command to run when somebody begins to speak to Earshot, such as "mpc pause"',
    parse: parseText,
    default: undefined,
  },
  onDone: {
    flags: "--on-done <command>",
    describe: 'command to run when Earshot has finished with it, such as "mpc play"',
    parse: parseText,
    default: undefined,
  },
};
