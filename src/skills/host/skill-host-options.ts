import type { Language } from "../../languages/language.ts";
import type { SkillEvent } from "./skill-events.ts";
import type { SkillLimits } from "./skill-limits.ts";

export type SkillHostOptions = {
  /** Skills are the modules in this folder, and its folders with an `index` module. */
  readonly folder: string;
  /** Language of the users; skills can read it. */
  readonly language: Language;
  /** Folder that stores `state` across restarts. @default ".state" in `folder` */
  readonly stateFolder?: string;
  /** Load anew when a file of the folder changes. @default false */
  readonly reloadOnChange?: boolean;
  readonly onEvent: (event: SkillEvent) => void;
  /** @default SKILL_LIMITS */
  readonly limits?: Partial<SkillLimits>;
  /** For tests: a clock that stands at these ms since 1970 until `advance` moves it. */
  readonly virtualClockMs?: number;
};
