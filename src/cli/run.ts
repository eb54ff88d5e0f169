import type { Command } from "commander";
import { defineCommand } from "./define-command.ts";
import { EventPrinter } from "./event-printer.ts";
import { openEventLog } from "./event-log.ts";
import { EXIT, execute } from "./execute.ts";
import { requireIntents, toContext } from "./intent-settings.ts";

export function runCommand(): Command {
  return defineCommand("run", "listens and says what it understands, until Ctrl+C", [
    "language",
    "intents",
    "lists",
    "model",
    "context",
    "input",
    "recorder",
    "device",
    "wake",
    "once",
    "duration",
    "silence",
    "log",
    "json",
    "debug",
  ]).action((_options, command: Command) =>
    execute(command, async (execution) => {
      const { settings, output, scope } = execution;
      requireIntents(settings);
      const printer = new EventPrinter(output);
      const log = openEventLog(settings.log);
      execution.onShutdown((report) => {
        const event = printer.shutdown(report);
        printer.print(event);
        log(event);
      });
      const [{ openContext }, { openSource }] = await Promise.all([
        import("./open-context.ts"),
        import("./open-source.ts"),
      ]);
      const ctx = await openContext(execution);
      const source = await openSource(scope, settings);
      const events = ctx.listen(printer.metered(source), {
        context: toContext(settings.context),
        silenceMs: settings.silence,
        ...(settings.wake === undefined ? {} : { wake: settings.wake }),
        ...(settings.duration === undefined
          ? {}
          : { signal: AbortSignal.timeout(settings.duration) }),
      });
      for await (const event of events) {
        printer.print(event);
        log(event);
        if (settings.once && event.type === "intent") break;
      }
      return EXIT.done;
    }),
  );
}
