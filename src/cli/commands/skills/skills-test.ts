import { readdirSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { EarshotError } from "../../../errors.ts";
import type { SkillTestStep } from "../../../skills/testing/skill-test.ts";
import { findModel } from "../../../models/model-folder.ts";
import { defineCommand } from "../../define-command.ts";
import { EXIT, execute } from "../../execute.ts";
import { requireIntents, toIntentOptions } from "../../settings/intent-settings.ts";

export function skillsTestCommand(): Command {
  return defineCommand(
    "test [file...]",
    "says the sentences of *.test.yaml to your skills, without audio and without waiting for time to pass",
    [
      ...(["language", "fallbackLanguage", "intents", "lists", "activeIntents"] as const),
      ...(["skills", "context", "fuzzyThreshold", "encoder", "model", "json", "debug"] as const),
    ],
  ).action((files: string[], _options, command: Command) =>
    execute(command, async ({ settings, output, scope }) => {
      requireIntents(settings);
      const { skills: folder, language } = settings;
      if (folder === undefined) {
        const message = "no skills: give their folder with --skills FOLDER, or in earshot.yaml";
        throw new EarshotError("CONFIG_INVALID", message);
      }
      const [{ IntentEngine }, { readSkillTest }, { runSkillTest }] = await Promise.all([
        import("../../../intent/engine/intent-engine.ts"),
        import("../../../skills/testing/skill-test.ts"),
        import("../../../skills/testing/run-skill-test.ts"),
      ]);
      const tests = (files.length > 0 ? files : testsIn(folder)).map(readSkillTest);
      const engine = await IntentEngine.open(scope, {
        ...toIntentOptions(settings),
        modelDir: findModel(settings.model),
      });
      const options = {
        folder,
        language,
        understand: (text: string) => engine.classify(text, { signal: scope.signal }),
        onNote: (text: string) => output.note(`  ${text}`),
      };
      let failed = 0;
      for (const test of tests) {
        const file = path.relative("", test.file);
        for await (const { step, problems } of runSkillTest(scope, test, options)) {
          const ok = problems.length === 0;
          const what = describeStep(step);
          const lines = [`${ok ? "ok    " : "FAILED"} ${file}:${step.line} ${what}`, ...problems];
          output.result(
            { file, line: step.line, step: what, ok, problems },
            lines.join("\n       "),
          );
          if (!ok) failed += 1;
        }
      }
      const count = tests.reduce((sum, { steps }) => sum + steps.length, 0);
      output.note(`${count} steps, ${failed === 0 ? "all as expected" : `${failed} failed`}`);
      return failed === 0 ? EXIT.done : EXIT.failed;
    }),
  );
}

/** @throws EarshotError CONFIG_INVALID, SKILL_INVALID */
function testsIn(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch (cause) {
    const message = `there is no folder of skills ${folder}: make one with "earshot skills new NAME"`;
    throw new EarshotError("SKILL_INVALID", message, { cause });
  }
  const tests = names
    .filter((name) => /\.test\.ya?ml$/.test(name) && !/(^|[/\\])(\.|node_modules)/.test(name))
    .toSorted()
    .map((name) => path.join(folder, name));
  if (tests.length > 0) return tests;
  throw new EarshotError("CONFIG_INVALID", `no *.test.yaml in ${folder}: docs/skills.md shows one`);
}

function describeStep({ say, afterMs, reload, restart, signal }: SkillTestStep): string {
  if (say !== undefined) return JSON.stringify(say);
  if (afterMs !== undefined) return `after ${afterMs / 1_000} s`;
  if (signal !== undefined) return `signal ${JSON.stringify(signal)}`;
  return reload === true ? "reload" : restart === true ? "restart" : "";
}
