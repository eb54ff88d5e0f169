/**
 * Fits the section `decision` of the embedded model's model.json to the development sets, by cross-validation over
 * speakers, and compares what it proposes with the values in force. Run from the repository:
 *
 *     npx tsx training/decision/fit-speech.ts [--step N] [--wrong-cost X] [--write]
 *
 * --step N: every Nth recording; --wrong-cost X: a wrong acceptance costs as much as X commands that are not understood;
 * --write: writes what it proposes. The other numbers of the section stay as they are.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { DATA, hasRecordings } from "../../bench/speech/recordings.ts";
import { EMBEDDED_MODEL } from "../../src/base/package-root.ts";
import { assertSettings } from "../../src/models/assert-settings.ts";
import { DECISION_RANGES, type DecisionSettings } from "../../src/models/decision-settings.ts";
import { type Example, SetDecoder } from "./decode-sets.ts";
import { exampleSets } from "./example-sets.ts";
import { fitTranscriptGap } from "./fit-transcripts.ts";
import {
  costOf,
  CURVES,
  fitScales,
  fitThresholds,
  logLoss,
  outcomeOf,
  THRESHOLDS,
} from "./fit-thresholds.ts";

const FOLDS = 5;

type Options = { readonly step: number; readonly wrongCost: number; readonly write: boolean };

if (hasRecordings()) await main(readOptions());
else console.error(`SKIPPED: there are no recordings in ${DATA}; nothing was fitted.`);

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      step: { type: "string", default: "1" },
      "wrong-cost": { type: "string", default: "1" },
      write: { type: "boolean", default: false },
    },
  });
  const step = Number(values.step);
  const wrongCost = Number(values["wrong-cost"]);
  if (!Number.isInteger(step) || step < 1) {
    throw new RangeError(`--step must be a whole number from 1 on, not ${values.step}`);
  }
  if (!Number.isFinite(wrongCost) || wrongCost < 0) {
    throw new RangeError(`--wrong-cost must be a number from 0 on, not ${values["wrong-cost"]}`);
  }
  return { step, wrongCost, write: values.write };
}

async function main({ step, wrongCost, write }: Options): Promise<void> {
  await using decoder = await SetDecoder.open();
  const inForce = decoder.card.calibration.decision;
  const examples: Example[] = [];
  for await (const set of exampleSets(step)) examples.push(...(await decoder.decode(set)));
  console.log(`${examples.length} examples; a wrong acceptance costs ${wrongCost}\n`);

  printFolds(examples, inForce, wrongCost);
  const fitted = fitScales(examples, fitThresholds(examples, inForce, wrongCost));
  const transcriptGap = await fitTranscriptGap(decoder, step, inForce.transcriptGap);
  const proposed = { ...fitted, transcriptGap };
  printSets(examples, inForce, proposed);
  printConstants(inForce, proposed);
  const [before, after] = [inForce, proposed].map((settings) => [
    costOf(examples, settings, wrongCost).toFixed(4),
    logLoss(examples, settings).toFixed(4),
  ]);
  console.log(`\ncost ${before![0]} -> ${after![0]}, log loss ${before![1]} -> ${after![1]}`);
  if (write) writeDecision(proposed);
}

/** Each fold's people are decided on by settings that were fitted to the others'. */
function printFolds(
  examples: readonly Example[],
  inForce: DecisionSettings,
  wrongCost: number,
): void {
  console.log("held-out people         commands  right  wrong  rejected   others  accepted");
  const folds = foldsOf(examples);
  for (let fold = 0; fold < FOLDS; fold++) {
    const isHeldOut = ({ speaker }: Example): boolean => folds.get(speaker) === fold;
    const held = examples.filter(isHeldOut);
    const rest = examples.filter((example) => !isHeldOut(example));
    const fitted = fitThresholds(rest, inForce, wrongCost);
    console.log(`fold ${fold + 1}, in force        ${shares(held, inForce)}`);
    console.log(`fold ${fold + 1}, fitted to rest  ${shares(held, fitted)}`);
  }
}

function printSets(
  examples: readonly Example[],
  inForce: DecisionSettings,
  proposed: DecisionSettings,
): void {
  console.log(
    "\nset: right / wrong / rejected of commands, accepted of others, in force -> proposed",
  );
  for (const set of new Set(examples.map((example) => example.set))) {
    const own = examples.filter((example) => example.set === set);
    console.log(`${set.padEnd(30)} ${summary(own, inForce)} -> ${summary(own, proposed)}`);
  }
}

function printConstants(inForce: DecisionSettings, proposed: DecisionSettings): void {
  console.log("\nconstant                     in force   proposed");
  for (const { name, get } of THRESHOLDS) line(name, get(inForce), get(proposed));
  for (const curve of [...CURVES, "transcriptGap"] as const)
    line(`${curve}.scaleNats`, inForce[curve].scaleNats, proposed[curve].scaleNats);
  line("transcriptGap.evenNats", inForce.transcriptGap.evenNats, proposed.transcriptGap.evenNats);
}

function line(name: string, before: number, after: number): void {
  console.log(name.padEnd(26), String(before).padStart(10), String(after).padStart(10));
}

function counts(examples: readonly Example[], settings: DecisionSettings) {
  const count = { commands: 0, right: 0, wrong: 0, others: 0, accepted: 0 };
  for (const example of examples) {
    const { accepted, right } = outcomeOf(example, settings);
    if (example.isCommand) {
      count.commands++;
      if (right) count.right++;
      else if (accepted) count.wrong++;
    } else {
      count.others++;
      if (accepted) count.accepted++;
    }
  }
  return { ...count, rejected: count.commands - count.right - count.wrong };
}

function shares(examples: readonly Example[], settings: DecisionSettings): string {
  const { commands, right, wrong, rejected, others, accepted } = counts(examples, settings);
  return [
    String(commands).padStart(8),
    percent(right, commands).padStart(6),
    percent(wrong, commands).padStart(6),
    percent(rejected, commands).padStart(9),
    String(others).padStart(8),
    percent(accepted, others).padStart(9),
  ].join(" ");
}

function summary(examples: readonly Example[], settings: DecisionSettings): string {
  const { commands, right, wrong, rejected, others, accepted } = counts(examples, settings);
  return commands > 0
    ? [right, wrong, rejected].map((n) => percent(n, commands).padStart(5)).join(" / ")
    : percent(accepted, others).padStart(5);
}

function percent(count: number, of: number): string {
  return ((100 * count) / Math.max(1, of)).toFixed(1);
}

/** The fold of each person: in turn by name, so that people of one set are in different folds. */
function foldsOf(examples: readonly Example[]): ReadonlyMap<string, number> {
  const speakers = [...new Set(examples.map(({ speaker }) => speaker))].toSorted();
  return new Map(speakers.map((speaker, i) => [speaker, i % FOLDS]));
}

/** @throws Error for a value that model.json may not have */
function writeDecision(decision: DecisionSettings): void {
  assertSettings("decision", DECISION_RANGES, decision, (what) => new Error(what));
  const file = path.join(EMBEDDED_MODEL, "model.json");
  const json: object = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, `${JSON.stringify({ ...json, decision }, null, 2)}\n`);
  console.log(`\nwritten to ${file}`);
}
