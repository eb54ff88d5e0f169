import type { Command } from "commander";
import type { Templates } from "../../../grammar/templates/templates.ts";
import { defineCommand } from "../../define-command.ts";
import { EXIT, execute } from "../../execute.ts";

export function intentsCheckCommand(): Command {
  return defineCommand(
    "check <path...>",
    "unused rules, sentences that nobody can say, sentences of two intents; exit status 1 when there are any",
    ["language", "lists", "model", "json", "debug"],
  ).action((paths: string[], _options, command: Command) =>
    execute(command, async ({ settings, output }) => {
      const { loadTemplates } = await import("../../../grammar/templates/load-templates.ts");
      const { compileAutomaton } = await import("../../../grammar/compile/compile-automaton.ts");
      const { checkTemplates } = await import("../../../grammar/check/check-templates.ts");
      const templates = loadTemplates(paths, settings);
      await checkPronunciations(templates, settings.model);
      const findings = checkTemplates(templates, compileAutomaton(templates));
      for (const finding of findings)
        output.result(finding, `${finding.place}: ${finding.kind}: ${finding.message}`);
      const sentences = templates.blocks.reduce((sum, block) => sum + block.sentences.length, 0);
      const intents = new Set(templates.blocks.map(({ intent }) => intent)).size;
      output.note(
        `${sentences} templates, ${intents} intents: ${findings.length || "no"} problems`,
      );
      return findings.length > 0 ? EXIT.failed : EXIT.done;
    }),
  );
}

/** Checks the pronunciations against the phones of the model. @throws EarshotError TEMPLATES_INVALID */
async function checkPronunciations(
  { language, pronounce }: Templates,
  model: string,
): Promise<void> {
  if (pronounce.size === 0) return;
  const { openPronunciation } = await import(
    "../../../grammar/pronunciation/open-pronunciation.ts"
  );
  const { findModel } = await import("../../../models/model-folder.ts");
  const pronouncer = await openPronunciation({ modelDir: findModel(model), language });
  pronouncer.withUser(pronounce);
}
