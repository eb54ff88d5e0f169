// Fits the weights by which the confidence of a typed text is computed (`decision` of models/intent.json): a logistic
// regression on misheard sentences whose templates or intents were held out, and on talk. Prints how reliable the
// confidence is on every fold, fitted on the others, and what it proposes.
// Run: npx tsx training/decision/fit-text.ts [--write]   (--write puts the weights into models/intent.json)
import { readFileSync, writeFileSync } from "node:fs";
import { calibrationSamples, KINDS, type Sample } from "../../bench/intent/calibration-samples.ts";
import { DATA, hasHomeAssistantTests } from "../../bench/intent/home-assistant-tests.ts";
import { fitLogistic, probability } from "../../bench/intent/logistic.ts";
import { SETTINGS } from "../../bench/intent/measure.ts";
import {
  calibrationError,
  type Judged,
  meanOf,
  percent,
  printKinds,
  printReliability,
} from "../../bench/intent/reliability.ts";
import { weightsOf } from "../../src/intent/decision/confidence.ts";
import {
  INTENT_SETTINGS_FILE,
  readIntentSettings,
} from "../../src/intent/settings/read-settings.ts";
import { LANGUAGES } from "../../src/languages/language.ts";

/** Fields of `decision`, in the order of the features. */
const FIELDS = ["biasWeight", "distanceWeight", "openDistanceWeight", "leadWeight"] as const;
const FILE_FOLDS = 5;

/** The ways to divide the samples into folds: by the name of the fold that a sample is in. */
const DIVISIONS = {
  sentences: ({ index }: Sample) => (index % 2 === 0 ? "even sentences" : "odd sentences"),
  files: ({ file, index }: Sample) => `files ${file === "" ? index % FILE_FOLDS : foldOf(file)}`,
  languages: ({ language }: Sample) => language,
} as const;

if (hasHomeAssistantTests()) await main();
else {
  console.error(`SKIPPED: Home Assistant's templates are not in ${DATA}; nothing was fitted.`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const samples: Sample[] = [];
  for (const language of LANGUAGES) samples.push(...(await calibrationSamples(language)));
  printKinds(samples);
  for (const [name, foldOfSample] of Object.entries(DIVISIONS))
    crossValidate(name, samples, foldOfSample);
  const inForce = weightsOf(SETTINGS.decision);
  printReliability("weights in force, on all", judge(samples, inForce));
  const fitted = fitLogistic(samples).map((weight) => Number(weight.toFixed(2)));
  console.log(`\n${"".padEnd(20)} in force   fitted on all`);
  FIELDS.forEach((field, i) => {
    const [before, after] = [inForce[i]!, fitted[i]!].map((weight) => weight.toFixed(2));
    console.log(`${field.padEnd(20)} ${before!.padStart(8)}   ${after!.padStart(13)}`);
  });
  if (process.argv.includes("--write")) write(fitted);
  else console.log("Nothing was written; --write puts the fitted weights into models/intent.json.");
}

/** Prints a line for every fold and kind, and the reliability of all folds together. */
function crossValidate(
  name: string,
  samples: readonly Sample[],
  foldOfSample: (sample: Sample) => string,
): void {
  const folds = [...new Set(samples.map(foldOfSample))].toSorted();
  console.log(`\nfitted on the other folds of ${name}`);
  console.log("held out           sentences  mean confidence %  right %  calibration error %");
  const judged = folds.flatMap((fold) => {
    const others = samples.filter((sample) => foldOfSample(sample) !== fold);
    const held = samples.filter((sample) => foldOfSample(sample) === fold);
    const own = judge(held, fitLogistic(others));
    printRow(fold, own);
    return own;
  });
  for (const kind of Object.keys(KINDS))
    printRow(
      kind,
      judged.filter(({ sample }) => sample.kind === kind),
    );
  printReliability(`held-out folds of ${name} together`, judged);
}

function printRow(name: string, judged: readonly Judged[]): void {
  const confidence = meanOf(judged, (one) => one.confidence);
  const right = meanOf(judged, ({ sample }) => Number(sample.isTrue));
  const error = calibrationError(judged);
  const cells = [
    String(judged.length).padStart(9),
    percent(confidence).padStart(18),
    percent(right).padStart(8),
    percent(error).padStart(20),
  ];
  console.log(`${name.padEnd(18)} ${cells.join(" ")}`);
}

function judge(samples: readonly Sample[], weights: readonly number[]): Judged[] {
  return samples.map((sample) => ({ sample, confidence: probability(sample.features, weights) }));
}

/** 0 … 4, the same for files of the same name in both languages. */
function foldOf(file: string): number {
  const code = Array.from(file).reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
  return code % FILE_FOLDS;
}

function write(weights: readonly number[]): void {
  const settings: { decision: Record<string, number> } = JSON.parse(
    readFileSync(INTENT_SETTINGS_FILE, "utf8"),
  );
  FIELDS.forEach((field, i) => (settings.decision[field] = weights[i]!));
  writeFileSync(INTENT_SETTINGS_FILE, `${JSON.stringify(settings, null, 2)}\n`);
  readIntentSettings();
  console.log(`written to ${INTENT_SETTINGS_FILE}`);
}
