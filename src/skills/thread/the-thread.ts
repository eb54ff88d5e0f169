import { EarshotError } from "../../errors.ts";
import type { SkillThread } from "./skill-thread.ts";

let current: SkillThread | undefined;

/** Every skill of a thread has its own copy of the module that calls this; they meet here. */
export function setThread(thread: SkillThread): void {
  current = thread;
}

/** @throws EarshotError SKILL_INVALID outside of a skill's thread */
export function theThread(): SkillThread {
  if (current !== undefined) return current;
  throw new EarshotError(
    "SKILL_INVALID",
    'earshot/skills works in a skill only: run it with "earshot run --skills FOLDER", or test it with "earshot skills test"',
  );
}
