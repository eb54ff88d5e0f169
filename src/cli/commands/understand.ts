import { createInterface } from "node:readline";
import type { Command } from "commander";
import type { Understanding } from "../../grammar/understanding.ts";
import { findModel } from "../../models/model-folder.ts";
import { defineCommand } from "../define-command.ts";
import { EXIT, execute } from "../execute.ts";
import { requireIntents, toIntentOptions } from "../settings/intent-settings.ts";
import { describeUnderstanding } from "../output/output.ts";

export function understandCommand(): Command {
  return defineCommand(
    "understand [text...]",
    "sentences → intents; without any, one a line on stdin, answered in order",
    [
      ...(["language", "fallbackLanguage", "intents", "lists", "activeIntents"] as const),
      ...(["context", "fuzzyThreshold", "encoder", "model", "json", "debug"] as const),
    ],
  ).action((texts: string[], _options, command: Command) =>
    execute(command, async ({ settings, output, scope }) => {
      requireIntents(settings);
      const { signal } = scope;
      const { IntentEngine } = await import("../../intent/engine/intent-engine.ts");
      const engine = await IntentEngine.open(scope, {
        ...toIntentOptions(settings),
        modelDir: findModel(settings.model),
      });
      for await (const text of texts.length > 0 ? texts : linesOf(process.stdin, signal)) {
        const startedMs = performance.now();
        const meant = await engine.classify(text, { signal });
        const tookMs = Math.round((performance.now() - startedMs) * 10) / 10;
        output.result({ ...meant, tookMs }, describeMeant(meant));
      }
      return EXIT.done;
    }),
  );
}

function describeMeant(meant: Understanding): string {
  const isRejected = meant.decision === "reject";
  return isRejected ? `${meant.text} → not a command` : describeUnderstanding(meant);
}

async function* linesOf(input: NodeJS.ReadStream, signal: AbortSignal): AsyncGenerator<string> {
  const lines = createInterface({ input, crlfDelay: Infinity, signal });
  for await (const line of lines) if (line.trim() !== "") yield line;
}
