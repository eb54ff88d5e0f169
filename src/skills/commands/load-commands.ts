import type { ThreadEvent } from "../protocol.ts";
import type { Resources } from "../thread/resources.ts";
import type { Handler, SkillUnit } from "../thread/skill-unit.ts";
import { fill } from "./fill.ts";
import { perform } from "./perform.ts";
import { readCommands, type CommandRule } from "./read-commands.ts";

/** The part of the skill thread that commands need. */
type CommandHost = {
  readonly start: { readonly folder: string };
  readonly resources: Resources;
  addHandler(unit: SkillUnit, intent: string, handler: Handler): void;
  tell(event: ThreadEvent): void;
};

/** A skill without code: NAME.commands.yaml says what to do for each intent. @throws EarshotError SKILL_INVALID */
export function loadCommands(thread: CommandHost, unit: SkillUnit): void {
  for (const command of readCommands(unit.file, thread.start.folder)) {
    addCommand(thread, unit, command);
  }
}

function addCommand(thread: CommandHost, unit: SkillUnit, command: CommandRule): void {
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
