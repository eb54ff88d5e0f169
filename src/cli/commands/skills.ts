import { Command } from "commander";
import { skillsNewCommand } from "./skills/skills-new.ts";
import { skillsTestCommand } from "./skills/skills-test.ts";

export function skillsCommand(): Command {
  const group = new Command("skills")
    .description("what to do with a command: make a skill, test skills without audio")
    .showHelpAfterError("(earshot skills --help lists its commands)")
    .exitOverride();
  const commands = [skillsNewCommand(), skillsTestCommand()];
  for (const command of commands) group.addCommand(command.copyInheritedSettings(group));
  return group;
}
