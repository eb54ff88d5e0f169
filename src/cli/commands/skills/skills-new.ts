import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { EarshotError } from "../../../errors.ts";
import type { Language } from "../../../languages/language.ts";
import { defineCommand } from "../../define-command.ts";
import { EXIT, execute } from "../../execute.ts";

const CONFIG = "earshot.yaml";

export function skillsNewCommand(): Command {
  return defineCommand("new <name>", "makes a working skill, its sentences and its test", [
    "language",
    "skills",
    "debug",
  ]).action((name: string, _options, command: Command) =>
    execute(command, async ({ settings, output }) => {
      const folder = settings.skills ?? "skills";
      const { newSkillFiles } = await import("../../../skills/new-skill.ts");
      const files = newSkillFiles(name, settings.language, folder);
      for (const { file } of files) {
        if (!existsSync(file)) continue;
        const message = `${file} exists already: choose another name, or remove it`;
        throw new EarshotError("CONFIG_INVALID", message);
      }
      for (const { file, text } of files) write(file, text);
      for (const { file, is } of files) output.note(`made ${file.padEnd(28)} ${is}`);
      const isComplete = existsSync(CONFIG);
      if (!isComplete) {
        write(CONFIG, configFor(settings.language, folder));
        output.note(`made ${CONFIG.padEnd(28)} so that earshot finds them`);
      }
      output.note(
        isComplete
          ? `now: earshot skills test   (intents: and skills: in ${CONFIG} must name these folders)`
          : "now: npx earshot skills test; npx earshot run",
      );
      return EXIT.done;
    }),
  );
}

function write(file: string, text: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new EarshotError("CONFIG_INVALID", `${file} cannot be written: ${why}`, { cause });
  }
}

function configFor(language: Language, folder: string): string {
  return `language: ${language}\nintents: [intents]\nskills: ${folder}\n`;
}
