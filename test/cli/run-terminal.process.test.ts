import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { AlsaFeed } from "../audio/alsa-feed.ts";
import { BIN, ROOT } from "./earshot.ts";
import { SkillsFolder } from "./skills-folder.ts";

const RUN = "run --intents demo/en/intents.yaml --recorder arecord --device feed";

let feed: AlsaFeed;
let folder: string;
beforeEach(() => {
  feed = new AlsaFeed();
  folder = mkdtempSync(path.join(tmpdir(), "terminal-"));
});
afterEach(() => {
  feed[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

/** The command on a terminal of its own; the settings of the terminal before and after go to files. */
class OnTerminal {
  readonly child: ChildProcess;
  #shown = "";
  #waiting: (() => void)[] = [];

  constructor(args: string) {
    const line = `stty cols 60; stty -g > ${folder}/before; ${process.execPath} ${BIN} ${args}; echo "[status $?]"; stty -g > ${folder}/after`;
    this.child = spawn("script", ["-qefc", line, "/dev/null"], {
      cwd: ROOT,
      env: { ...process.env, ...feed.env, SHELL: "/bin/sh" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.#shown += text;
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  get shown(): string {
    return this.#shown;
  }

  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#shown);
      if (found !== null) return found[0];
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  press(keys: string): void {
    this.child.stdin?.write(keys);
  }
}

const settings = (when: string): string => readFileSync(path.join(folder, when), "utf8");

test("a terminal shows level, state, skills and keys; keys listen, reload and end; then it is as it was", async () => {
  using skills = new SkillsFolder({
    clock: `import { every } from "earshot/skills";\nevery("1h", () => {});`,
  });
  const playing = feed.playForEver();
  const terminal = new OnTerminal(`${RUN} --skills ${skills.folder} --wake "hey computer"`);
  await terminal.until(/\[#+ +\]/);
  await terminal.until(/asleep: waits for the wake phrase/);
  await terminal.until(/skills: clock \(1h\) \[running, generation 1\]/);
  await terminal.until(/keys: space listen now {2}r reload {2}q end/);
  terminal.press(" ");
  await terminal.until(/listening now/);
  await terminal.until(/listening: waits for a command/);
  terminal.press("r");
  await terminal.until(/skills reloaded \(requested\) in \d+ ms: clock/);
  await terminal.until(/generation 2\]/);
  terminal.press("q");
  await terminal.until(/released \d+ things in \d+ ms \(SIGINT\)/);
  await terminal.until(/\[status 130\]/);
  if (terminal.child.exitCode === null) await once(terminal.child, "exit");
  expect(settings("after")).toBe(settings("before"));
  const drawn = terminal.shown.split("\n").filter((line) => /waits for|keys:|\[.*#/.test(line));
  for (const line of drawn) expect(lengthShown(line)).toBeLessThan(60);
  feed.stop();
  await playing;
});

test("Ctrl+C is still Ctrl+C, and the terminal is as it was", async () => {
  const playing = feed.playForEver();
  const terminal = new OnTerminal(RUN);
  await terminal.until(/keys: space listen now {2}q end/);
  terminal.press("\u0003");
  await terminal.until(/\[status 130\]/);
  if (terminal.child.exitCode === null) await once(terminal.child, "exit");
  expect(settings("after")).toBe(settings("before"));
  feed.stop();
  await playing;
});

/** Without what moves the cursor or takes lines away. */
function lengthShown(line: string): number {
  return stripVTControlCharacters(line).replaceAll("\r", "").length;
}
