import { type Command, InvalidArgumentError } from "commander";
import { defineCommand } from "../../define-command.ts";
import { EXIT, execute } from "../../execute.ts";
import { describeUnderstanding } from "../../output/output.ts";

const MOST = 100_000;

export function intentsSampleCommand(): Command {
  return defineCommand(
    "sample <path...>",
    "sentences drawn from templates, with what they mean; every intent alike",
    ["language", "lists", "json", "debug"],
  )
    .option("-n, --number <count>", "how many", toCount, 10)
    .option("--seed <number>", "other sentences for another seed", toCount, 1)
    .action((paths: string[], options: { number: number; seed: number }, command: Command) =>
      execute(command, async ({ settings, output }) => {
        const { loadTemplates } = await import("../../../grammar/templates/load-templates.ts");
        const { compileAutomaton } = await import("../../../grammar/compile/compile-automaton.ts");
        const { sampleSentences } = await import("../../../grammar/sample-sentences.ts");
        const automaton = compileAutomaton(loadTemplates(paths, settings));
        for (const sample of sampleSentences(automaton, options.number, options.seed)) {
          const intent = { name: sample.intent, confidence: 1, slots: sample.slots };
          const meant = { text: sample.text, intent, decision: "accept", candidates: [] } as const;
          const line = describeUnderstanding(meant).replace(/ \(100 %\)$/, "");
          output.result({ text: sample.text, intent: sample.intent, slots: sample.slots }, line);
        }
        return EXIT.done;
      }),
    );
}

function toCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0 && count <= MOST) return count;
  throw new InvalidArgumentError(`a whole number from 1 to ${MOST} is expected.`);
}
