import { readdirSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { PACKAGE_ROOT } from "../../base/package-root.ts";
import { defineCommand } from "../define-command.ts";
import { EventPrinter } from "../output/event-printer.ts";
import { EXIT, execute } from "../execute.ts";

export function demoCommand(): Command {
  return defineCommand(
    "demo [recordings...]",
    "recordings of a speech synthesiser through the real pipeline: no microphone, no download",
    ["language", "intents", "lists", "json", "debug"],
  ).action((recordings: string[], _options, command: Command) =>
    execute(command, async (execution) => {
      const { settings, output, scope } = execution;
      const folder = path.join(PACKAGE_ROOT, "demo", settings.language);
      const files = recordings.length > 0 ? recordings : recordingsIn(folder);
      const printer = new EventPrinter(output);
      execution.onShutdown((report) => printer.print(printer.shutdown(report)));
      const [{ openContext }, { demoAudio }] = await Promise.all([
        import("../open-context.ts"),
        import("../run/demo-audio.ts"),
      ]);
      const ctx = await openContext(execution, {
        intents:
          settings.intents.length > 0 ? settings.intents : [path.join(folder, "intents.yaml")],
      });
      const isWatched = !settings.json && process.stdout.isTTY;
      const audio = demoAudio(files, { atRealTime: isWatched, signal: scope.signal });
      for await (const event of ctx.listen(printer.metered(audio))) printer.print(event);
      return EXIT.done;
    }),
  );
}

function recordingsIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".flac"));
  return names.toSorted((a, b) => a.localeCompare(b)).map((name) => path.join(folder, name));
}
