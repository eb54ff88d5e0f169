// How true the confidence of a typed sentence is: the share of readings that are right, by the confidence they had,
// on misheard sentences whose templates or intents were held out, and on talk. Fits the weights of
// src/intent/decision/confidence.ts and prints them: on one half of the sentences, judged on the other; then on all.
// Run: npm run bench:intent-calibration
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { WEIGHTS } from "../src/intent/decision/confidence.ts";
import { LANGUAGES } from "../src/languages/language.ts";
import { calibrationSamples, KINDS, type Sample } from "./intent/calibration-samples.ts";
import { hasHomeAssistantTests } from "./intent/home-assistant-tests.ts";
import { fitLogistic, probability } from "./intent/logistic.ts";

const BINS = 10;
const THRESHOLDS = [0.2, 0.35, 0.5, 0.65, 0.8];

if (hasHomeAssistantTests()) await main();
else console.error("SKIPPED: Home Assistant's templates are not there; nothing was measured.");

async function main(): Promise<void> {
  const samples: Sample[] = [];
  for (const language of LANGUAGES) samples.push(...(await calibrationSamples(language)));
  for (const kind of Object.keys(KINDS)) {
    const own = samples.filter((sample) => sample.kind === kind);
    const right = own.filter(({ isTrue }) => isTrue).length;
    console.log(`${kind.padEnd(18)} ${own.length} sentences, the best reading of ${right} right`);
  }
  const halves = [0, 1].map((half) => samples.filter(({ index }) => index % 2 === half));
  const held = halves.flatMap((half, i) => {
    const weights = fitLogistic(halves[1 - i] ?? []);
    return half.map((sample) => ({ sample, confidence: probability(sample.features, weights) }));
  });
  const inForce = samples.map((sample) => ({
    sample,
    confidence: probability(sample.features, WEIGHTS),
  }));
  const results = {
    heldOut: reliability("fitted on the other half", held),
    inForce: reliability("weights in force", inForce),
    fitted: fitLogistic(samples),
    weights: WEIGHTS,
  };
  thresholds(inForce);
  console.log(`weights in force: ${show(WEIGHTS)}; fitted on all: ${show(results.fitted)}`);
  const folder = path.join(import.meta.dirname, "results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "intent-calibration.json"), JSON.stringify(results, null, 2));
}

type Judged = { readonly sample: Sample; readonly confidence: number };

/** Prints the table and gives the expected calibration error, 0 … 1: how far confidence is from truth on average. */
function reliability(title: string, judged: readonly Judged[]): number {
  console.log(`\n${title}\nconfidence    sentences  mean confidence %  right %`);
  const all = sum(judged, () => 1);
  let error = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const own = judged.filter(
      ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === bin,
    );
    if (own.length === 0) continue;
    const weight = sum(own, () => 1);
    const confidence = sum(own, (one) => one.confidence) / weight;
    const right = sum(own, ({ sample }) => Number(sample.isTrue)) / weight;
    error += (weight / all) * Math.abs(confidence - right);
    const range = `${(bin / BINS).toFixed(1)} … ${((bin + 1) / BINS).toFixed(1)}`;
    console.log(
      `${range.padEnd(13)} ${String(own.length).padStart(9)} ${percent(confidence).padStart(18)} ${percent(right).padStart(8)}`,
    );
  }
  console.log(`expected calibration error ${percent(error)} %`);
  return error;
}

/** What a threshold lets through of each kind. */
function thresholds(judged: readonly Judged[]): void {
  console.log("\nfuzzyThreshold   of what is right, accepted %   of what is wrong, accepted %");
  for (const threshold of THRESHOLDS) {
    const share = (isTrue: boolean): string => {
      const own = judged.filter(({ sample }) => sample.isTrue === isTrue);
      return percent(
        sum(own, ({ confidence }) => Number(confidence >= threshold)) / sum(own, () => 1),
      );
    };
    console.log(
      `${String(threshold * 100).padStart(14)} ${share(true).padStart(30)} ${share(false).padStart(30)}`,
    );
  }
}

/** Every sentence counts as its kind does. */
function sum(judged: readonly Judged[], of: (one: Judged) => number): number {
  return judged.reduce((total, one) => total + one.sample.weight * of(one), 0);
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}

function show(weights: readonly number[]): string {
  return weights.map((weight) => weight.toFixed(2)).join(", ");
}
