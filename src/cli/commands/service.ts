import { Command } from "commander";
import { defineCommand } from "../define-command.ts";
import { EXIT, execute, type Execution } from "../execute.ts";
import { requireIntents } from "../settings/intent-settings.ts";
import { RUN_KEYS } from "./run.ts";
import { givenArguments, givenVariables } from "../settings/given-settings.ts";

export function serviceCommand(): Command {
  const install = defineCommand(
    "install",
    "has systemd run `earshot run` with these options, now and at each login",
    RUN_KEYS,
  )
    .option("--no-start", "write the unit only")
    .action((_options, command: Command) =>
      execute(command, (execution) => installCommand(execution, command)),
    );
  const uninstall = defineCommand("uninstall", "stops it and removes its unit", ["debug"]).action(
    (_options, command: Command) => execute(command, uninstallCommand),
  );
  const status = defineCommand("status", "whether it is installed and runs", [
    "json",
    "debug",
  ]).action((_options, command: Command) => execute(command, stateCommand));
  return new Command("service")
    .description("earshot run as a service of systemd for this user")
    .addCommand(install)
    .addCommand(uninstall)
    .addCommand(status);
}

async function installCommand(
  { settings, output, scope }: Execution,
  command: Command,
): Promise<number> {
  requireIntents(settings);
  const { askInstances } = await import("../../run/service/ask-status.ts");
  const { installService } = await import("../../run/service/user-service.ts");
  const options = command.opts<{ start: boolean }>();
  for (const { pid } of await askInstances(scope.signal)) {
    output.note(`earshot: an instance runs already (${pid}): both will hear the same microphone`);
  }
  const program = process.argv[1] ?? "";
  const unit = {
    command: [process.execPath, program, "run", ...givenArguments(command)],
    folder: process.cwd(),
    env: givenVariables(process.env),
  };
  const file = await installService(unit, { start: options.start, signal: scope.signal });
  const next = options.start
    ? "started; earshot status tells how it is, journalctl --user -u earshot what it says"
    : "start it with systemctl --user enable --now earshot";
  output.result({ unit: file, started: options.start }, `${file}: ${next}`);
  return EXIT.done;
}

async function uninstallCommand({ output, scope }: Execution): Promise<number> {
  const { uninstallService } = await import("../../run/service/user-service.ts");
  const wasThere = await uninstallService(scope.signal);
  output.result({ removed: wasThere }, wasThere ? "stopped and removed" : "it was not installed");
  return EXIT.done;
}

async function stateCommand({ output, scope }: Execution): Promise<number> {
  const { serviceState } = await import("../../run/service/user-service.ts");
  const found = await serviceState(scope.signal);
  const { unit, state, pid, restarts = 0 } = found;
  const installed = unit === undefined ? "not installed" : `installed (${unit})`;
  const running = state === undefined ? "systemd does not answer" : state;
  const more = pid === undefined ? "" : `, process ${pid}, started again ${restarts} times`;
  output.result(found, `${installed}; ${running}${more}`);
  return state === "active" ? EXIT.done : EXIT.failed;
}
