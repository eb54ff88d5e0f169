import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { EarshotError } from "../../../errors.ts";
import { defineCommand } from "../../define-command.ts";
import { EXIT, execute } from "../../execute.ts";

export function intentsTrainCommand(): Command {
  return defineCommand(
    "train <path...>",
    "learns the intents that have examples, and says how well; done at every start too",
    ["language", "lists", "json", "debug"],
  )
    .option("-o, --output <file>", "writes what was learnt as an ONNX graph")
    .action((paths: string[], options: { output?: string }, command: Command) =>
      execute(command, async ({ settings, output }) => {
        const { compileIntents } = await import("../../../intent/engine/compiled-intents.ts");
        const { toOnnx } = await import("../../../intent/classifier/onnx-graph.ts");
        const { readIntentSettings } = await import("../../../intent/settings/read-settings.ts");
        const begunMs = performance.now();
        const { learnt } = compileIntents({
          ...settings,
          intents: paths,
          settings: readIntentSettings(),
        });
        const tookMs = Math.round(performance.now() - begunMs);
        if (!learnt)
          throw new EarshotError(
            "TEMPLATES_INVALID",
            `${paths.join(", ")}: no intent has examples: there is nothing to learn`,
          );
        const graph = toOnnx(learnt.classifier);
        if (options.output !== undefined) await writeGraph(options.output, graph);
        const { accuracy } = learnt.calibration;
        const heldOut = accuracy < 0 ? null : accuracy;
        const result = {
          intents: learnt.intents,
          phrases: learnt.examples.length,
          heldOutAccuracy: heldOut,
          bytes: graph.length,
          tookMs,
        };
        const right =
          heldOut === null
            ? "too few examples to tell how well"
            : `${(100 * heldOut).toFixed(1)} % right when held out`;
        output.result(
          result,
          `${learnt.intents.length} intents from ${learnt.examples.length} phrases: ${right}; ${graph.length} bytes, ${tookMs} ms`,
        );
        return EXIT.done;
      }),
    );
}

async function writeGraph(file: string, graph: Uint8Array): Promise<void> {
  try {
    await writeFile(file, graph);
  } catch (cause) {
    throw new EarshotError("CONFIG_INVALID", `${file} cannot be written: check the folder`, {
      cause,
    });
  }
}
