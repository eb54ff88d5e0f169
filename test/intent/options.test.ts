import { expect, test } from "vitest";
import { toIntentOptions } from "../../src/cli/settings/intent-settings.ts";
import { resolveSettings } from "../../src/cli/settings/resolve-settings.ts";
import { intentOptions, voiceContextSettings } from "../../src/context/voice-context-options.ts";
import {
  INTENT_OPTION_NAMES,
  type IntentOptions,
} from "../../src/intent/engine/intent-engine-options.ts";

const GIVEN: Required<IntentOptions> = {
  fallbackLanguage: "fr",
  fuzzyThreshold: 60,
  activeIntents: ["TurnOn"],
  context: { area: "kitchen" },
  encoder: "/encoder",
};

test("a context passes every intent option on to its engine", () => {
  const options = intentOptions(voiceContextSettings({ intents: "a.yaml", ...GIVEN }));
  expect(options).toEqual({ ...GIVEN, intents: ["a.yaml"], lists: [], language: "en" });
});

test("the command has a setting for every intent option and passes it on", () => {
  const settings = resolveSettings(
    {
      fallbackLanguage: "fr",
      fuzzyThreshold: "60",
      activeIntents: ["TurnOn"],
      context: ["area=kitchen"],
      encoder: "/encoder",
    },
    undefined,
  );
  const options = toIntentOptions(settings);
  expect(Object.keys(INTENT_OPTION_NAMES).toSorted()).toEqual(Object.keys(GIVEN).toSorted());
  expect(options).toMatchObject(GIVEN);
});
