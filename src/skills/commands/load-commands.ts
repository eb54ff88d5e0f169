import type { SkillThread } from "../thread/skill-thread.ts";
import type { SkillUnit } from "../thread/skill-unit.ts";
import { fill } from "./fill.ts";
import { perform } from "./perform.ts";
import { readCommands, type Command } from "./read-commands.ts";

/** A skill without code: NAME.commands.yaml says what to do for each intent. @throws EarshotError SKILL_INVALID */
export function loadCommands(thread: SkillThread, unit: SkillUnit): void {
  for (const command of readCommands(unit.file, thread.start.folder)) {
    addCommand(thread, unit, command);
  }
}

function addCommand(thread: SkillThread, unit: SkillUnit, command: Command): void {
  const { intent, say, fail } = command;
  thread.addHandler(unit, intent, async (handled) => {
    try {
      const output = await perform(command, handled, thread.resources);
      return say === undefined
        ? undefined
        : fill(say, { output, text: handled.text, ...handled.slots });
    } catch (error) {
      if (fail === undefined || handled.signal.aborted) throw error;
      const message = error instanceof Error ? error.message : String(error);
      thread.tell({
        type: "log",
        skill: unit.name,
        level: "warn",
        message: `${intent}: ${message}`,
      });
      return fill(fail, { text: handled.text, ...handled.slots });
    }
  });
}
