import type { Command } from "commander";
import { defineCommand } from "../define-command.ts";
import type { CheckResult } from "../doctor/doctor-checks.ts";
import { EXIT, execute } from "../execute.ts";

const MARK = { ok: "ok  ", warning: "warn", missing: "FAIL" } as const;

export function doctorCommand(): Command {
  return defineCommand("doctor", "checks what Earshot needs on this machine", [
    "model",
    "recorder",
    "json",
    "debug",
  ]).action((_options, command: Command) =>
    execute(command, async ({ settings, output, scope }) => {
      const { doctorChecks } = await import("../doctor/doctor-checks.ts");
      const results: CheckResult[] = [];
      for (const check of doctorChecks(settings)) {
        const finding = await check(scope);
        results.push(finding);
        const advice = finding.advice === undefined ? "" : `\n      ${finding.advice}`;
        const line = `${MARK[finding.state]}  ${finding.name}: ${finding.found}${advice}`;
        output.result(finding, line);
      }
      return results.some(({ state }) => state === "missing") ? EXIT.failed : EXIT.done;
    }),
  );
}
