import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { Program, type Ended, type ProgramOptions } from "../helpers/run-program.ts";

type Json = Record<string, unknown>;
/** A line of the program: { ready }, { event }, { answer, id }, { reloaded }, { status } … */
export type Line = Record<string, Json | undefined>;

/** A folder of skills of its own; removed after the test. */
export function skillFolder(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "earshot-skills-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** The skills of a folder in a process of their own (test/fixtures/skills/host.ts). */
export class SkillsProgram {
  readonly folder: string;
  readonly program: Program;
  #commands = 0;
  #read = 0;

  constructor(folder: string, options: object = {}, programOptions: ProgramOptions = {}) {
    this.folder = folder;
    const args = [folder, JSON.stringify(options)];
    this.program = new Program("skills/host", args, { limitMs: 60_000, ...programOptions });
    let hasEnded = false;
    void this.ended.then(() => (hasEnded = true));
    onTestFinished(async () => {
      if (!hasEnded) this.program.signal("SIGKILL");
      await this.ended;
    });
  }

  /** Starts it, and waits until its skills run. */
  static async start(
    files: Readonly<Record<string, string>>,
    options: object = {},
    programOptions: ProgramOptions = {},
  ): Promise<SkillsProgram> {
    const started = new SkillsProgram(skillFolder(files), options, programOptions);
    await started.line((line) => "ready" in line);
    return started;
  }

  get ended(): Promise<Ended> {
    return this.program.ended;
  }

  get lines(): Line[] {
    return linesOf(this.program.stdout);
  }

  /** The first line, of all that have come or will come, that matches. */
  async line(matches: (line: Line) => boolean): Promise<Line> {
    for (;;) {
      const { lines } = this;
      const found = lines.find(matches);
      if (found !== undefined) return found;
      await this.program.line(new RegExp(`^(?:.*\\n){${lines.length + 1}}`));
    }
  }

  /** The next event of this type: each is given once, in order. */
  async event(type: string, matches: (event: Json) => boolean = () => true): Promise<Json> {
    const from = this.#read;
    for (;;) {
      const { lines } = this;
      const index = lines.findIndex(
        ({ event }, at) => at >= from && event?.["type"] === type && matches(event),
      );
      if (index >= 0) {
        this.#read = index + 1;
        return lines[index]?.["event"] ?? {};
      }
      await this.program.line(new RegExp(`^(?:.*\\n){${lines.length + 1}}`));
    }
  }

  order(order: object): void {
    this.program.write(`${JSON.stringify(order)}\n`);
  }

  /** Has a command handled, and gives its answer. */
  async handle(intent: string, slots: object = {}): Promise<Json> {
    const id = this.command(intent, slots);
    const { answer } = await this.line((line) => line["id"] === (id as unknown));
    return answer ?? {};
  }

  /** Sends a command; its id. */
  command(intent: string, slots: object = {}): string {
    const utteranceId = `u${++this.#commands}`;
    this.order({ handle: { intent, slots, text: "text", utteranceId } });
    return utteranceId;
  }

  async reload(): Promise<Json> {
    const before = this.lines.filter((line) => "reloaded" in line).length;
    this.order({ reload: "requested" });
    await this.line(() => this.lines.filter((line) => "reloaded" in line).length > before);
    return this.lines.filter((line) => "reloaded" in line).at(-1)?.["reloaded"] ?? {};
  }

  /** What `log` has told so far. */
  get logs(): string[] {
    return logsOf(this.lines);
  }

  /** Ends its input, and so the program. */
  async finish(): Promise<Ended> {
    this.program.end();
    return await this.ended;
  }
}

export function linesOf(stdout: string): Line[] {
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

export function logsOf(lines: readonly Line[]): string[] {
  return lines.flatMap(({ event }) =>
    event?.["type"] === "log" ? [String(event["message"])] : [],
  );
}
