import type { SkillEvent } from "../skills/host/skill-events.ts";
import type { SkillRunEvent } from "./run-events.ts";

/** The run's event for an event of a skill; undefined for `say`, which becomes a reply. */
export function toRunEvent(event: SkillEvent, atMs: number): SkillRunEvent | undefined {
  switch (event.type) {
    case "loaded":
    case "reloaded": {
      const { type: state, ...details } = event;
      return { type: "skills", atMs, state, ...details };
    }
    case "failed": {
      const { type: state, error, ...details } = event;
      return { type: "skills", atMs, state, ...details, code: error.code, message: error.message };
    }
    case "crashed": {
      const { type: state, error, skill, ...details } = event;
      const skills = skill === undefined ? {} : { skills: [skill] };
      const { code, message } = error;
      return { type: "skills", atMs, state, ...details, ...skills, code, message };
    }
    case "lifecycle": {
      const { generation: _generation, type: _type, ...details } = event;
      return { type: "skill-lifecycle", atMs, ...details };
    }
    case "log":
      return {
        type: "skill-log",
        atMs,
        skill: event.skill,
        level: event.level,
        message: event.message,
      };
    case "alert":
      return { type: "alert", atMs, skill: event.skill, name: event.name };
    case "say":
      return undefined;
  }
}
