// How reliable the confidence of a typed text is by the weights in force: the share of parses that are right, by
// confidence, on misheard sentences whose templates or intents were held out, and on talk. training/decision/fit-text.ts
// fits the weights. Run: npm run bench -- intent-calibration
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { weightsOf } from "../src/intent/decision/confidence.ts";
import { LANGUAGES } from "../src/languages/language.ts";
import { calibrationSamples, type Sample } from "./intent/calibration-samples.ts";
import { hasHomeAssistantTests } from "./intent/home-assistant-tests.ts";
import { probability } from "./intent/logistic.ts";
import { SETTINGS } from "./intent/measure.ts";
import {
  calibrationError,
  type Judged,
  meanOf,
  percent,
  printKinds,
  printReliability,
} from "./intent/reliability.ts";

const THRESHOLDS = [0.2, 0.35, 0.5, 0.65, 0.8];

if (hasHomeAssistantTests()) await main();
else console.error("SKIPPED: Home Assistant's templates are not there; nothing was measured.");

async function main(): Promise<void> {
  const samples: Sample[] = [];
  for (const language of LANGUAGES) samples.push(...(await calibrationSamples(language)));
  printKinds(samples);
  const weights = weightsOf(SETTINGS.decision);
  const judged = samples.map((sample) => ({
    sample,
    confidence: probability(sample.features, weights),
  }));
  printReliability("weights in force", judged);
  printThresholds(judged);
  const folder = path.join(import.meta.dirname, "results");
  mkdirSync(folder, { recursive: true });
  const results = { inForce: calibrationError(judged), weights };
  writeFileSync(path.join(folder, "intent-calibration.json"), JSON.stringify(results, null, 2));
}

/** Prints the shares of right and wrong parses that each threshold accepts. */
function printThresholds(judged: readonly Judged[]): void {
  console.log("\nfuzzyThreshold   of what is right, accepted %   of what is wrong, accepted %");
  for (const threshold of THRESHOLDS) {
    const share = (isTrue: boolean): string => {
      const own = judged.filter(({ sample }) => sample.isTrue === isTrue);
      return percent(meanOf(own, ({ confidence }) => Number(confidence >= threshold)));
    };
    console.log(
      `${String(threshold * 100).padStart(14)} ${share(true).padStart(30)} ${share(false).padStart(30)}`,
    );
  }
}
