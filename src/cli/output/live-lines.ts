import type { RunStatus } from "../../run/run-status.ts";
import type { SkillHostStatus } from "../../skills/host/skill-events.ts";

const SHOWN_INTENTS = 3;

/** The lines below the level meter of a live run. */
export function liveLines(
  { state, waitingFor, last }: RunStatus,
  skills: SkillHostStatus | undefined,
): string[] {
  const lines = [`${state}: waits for ${waitingFor}`];
  for (const { time, intent, text } of last.slice(0, SHOWN_INTENTS)) {
    lines.push(`  ${time.slice(11, 19)}  ${intent ?? "ambiguous"}  "${text}"`);
  }
  if (skills !== undefined) lines.push(describeSkills(skills));
  const reload = skills === undefined ? "" : "  r reload";
  lines.push(`keys: space listen now${reload}  q end`);
  return lines;
}

function describeSkills({ state, generation, skills, pendingCommands }: SkillHostStatus): string {
  const each = skills.map(({ name, timers }) =>
    timers.length === 0 ? name : `${name} (${timers.map((timer) => timer.name).join(", ")})`,
  );
  const work = pendingCommands === 0 ? "" : `, ${pendingCommands} commands`;
  return `skills: ${each.join("  ")} [${state}, generation ${generation}${work}]`;
}
