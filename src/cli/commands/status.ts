import type { Command } from "commander";
import type { InstanceStatus } from "../../run/service/ask-status.ts";
import { defineCommand } from "../define-command.ts";
import { EXIT, execute } from "../execute.ts";

export function statusCommand(): Command {
  return defineCommand("status", "what the running instances of this user are doing", [
    "json",
    "debug",
  ]).action((_options, command: Command) =>
    execute(command, async ({ output, scope }) => {
      const { askInstances } = await import("../../run/service/ask-status.ts");
      const instances = await askInstances(scope.signal);
      for (const instance of instances) output.result(instance, describeInstance(instance));
      if (instances.length > 0) return EXIT.done;
      output.note("earshot: no instance is running: start one with earshot run");
      return EXIT.failed;
    }),
  );
}

function describeInstance(instance: InstanceStatus): string {
  if (!instance.answers) return `${instance.pid}  does not answer`;
  const { state, waitingFor, uptimeMs, counters, skills, last } = instance.status;
  const lines = [
    `${instance.pid}  ${String(state)} for ${String(waitingFor)}; up ${describeTime(Number(uptimeMs))}`,
  ];
  const counted = Object.entries(counters ?? {}).filter(([, count]) => Number(count) > 0);
  if (counted.length > 0) {
    lines.push(
      `  ${counted.map(([name, count]) => `${spaced(name)} ${String(count)}`).join(", ")}`,
    );
  }
  for (const name of namesOf(skills)) lines.push(`  skill ${name}`);
  for (const { time, intent } of listOf(last)) {
    lines.push(
      `  ${String(time).slice(0, 19)}Z  ${typeof intent === "string" ? intent : "ambiguous"}`,
    );
  }
  return lines.join("\n");
}

function namesOf(skills: unknown): string[] {
  if (typeof skills !== "object" || skills === null || !("skills" in skills)) return [];
  return listOf(skills.skills).map(({ name }) => String(name));
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map((item: object) => ({ ...item })) : [];
}

/** "microphoneFailures" → "microphone failures" */
function spaced(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function describeTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24];
  const minutes = Math.floor(seconds / 60) % 60;
  if (days > 0) return `${days} d ${hours} h`;
  return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
}
