import type { AlignmentSettings } from "./alignment-settings.ts";
import type { DecisionSettings } from "./decision-settings.ts";
import type { ExampleSettings } from "./example-settings.ts";
import type { WordSettings } from "./word-settings.ts";

/** The tuned numbers by which typed text is understood: models/intent.json. training/decision/README.md says how they were chosen. */
export type IntentSettings = {
  readonly words: WordSettings;
  readonly alignment: AlignmentSettings;
  readonly decision: DecisionSettings;
  readonly examples: ExampleSettings;
};
