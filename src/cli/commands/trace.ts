import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { EarshotError } from "../../errors.ts";
import { EXIT, execute } from "../execute.ts";

const STDOUT = "-";

export function traceCommand(): Command {
  return new Command("trace")
    .description("draws what EARSHOT_TRACE=FILE.json has written: one page, or one SVG picture")
    .argument("<file>", "the trace")
    .option(
      "-o, --output <file>",
      "FILE.html or FILE.svg, or - for a page on stdout; default: beside the trace",
    )
    .action((file: string, { output }: { output?: string }, command: Command) =>
      execute(command, async () => {
        const [{ readTrace }, { traceToHtml }, { traceToSvg }] = await Promise.all([
          import("../../trace/render/read-trace.ts"),
          import("../../trace/render/html.ts"),
          import("../../trace/render/svg.ts"),
        ]);
        const trace = readTrace(textOf(file), file);
        const target = output ?? `${file.replace(/\.json$/, "")}.html`;
        const picture = target.endsWith(".svg")
          ? traceToSvg(trace)
          : traceToHtml(trace, path.basename(file));
        if (target === STDOUT) process.stdout.write(picture);
        else write(target, picture);
        return EXIT.done;
      }),
    );
}

/** @throws EarshotError TRACE_INVALID */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new EarshotError("TRACE_INVALID", `The trace ${file} cannot be read: ${reason(cause)}`, {
      cause,
    });
  }
}

/** @throws EarshotError TRACE_INVALID */
function write(target: string, picture: string): void {
  try {
    writeFileSync(target, picture);
  } catch (cause) {
    throw new EarshotError("TRACE_INVALID", `${target} cannot be written: ${reason(cause)}`, {
      cause,
    });
  }
  process.stderr.write(`written to ${target}\n`);
}

function reason(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
