/**
 * How well recordings of people are understood: coffee orders, clean, in a kitchen's noise and among eight voices;
 * digits; what is taken for a command and is none; reading aloud, word for word; time and memory; then pocketsphinx on
 * the same samples; and a plot of what is accepted in the kitchen beside the published curves of other engines,
 * results/accept-by-snr.svg. Run:
 *
 *     npm run bench -- speech [--step 4] [--no-peer] [--peer-noise] [--no-strangers] [--only-one] [--negatives] [--model DIR]
 *
 * --step N: every Nth recording; --peer-noise: pocketsphinx in noise, too, not only on the clean recordings;
 * --no-strangers: leaves out what takes longest, speech that is no command; --only-one: without several commands in a
 * sentence; --negatives: with sentences among the orders that must be rejected.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { Scope } from "../src/lifetime/scope.ts";
import { SpeechToText } from "../src/stt/speech-to-text.ts";
import { falseAccepts, type FalseAccepts } from "./speech/false-accepts.ts";
import { hear, type HearOptions, hearWithPeer } from "./speech/hear.ts";
import type { Figures } from "./speech/judge.ts";
import { workerPeakMb } from "./speech/memory.ts";
import { nearMisses } from "./speech/near-misses.ts";
import { plotAcceptBySnr, type Point } from "./speech/plot.ts";
import { findPocketsphinx } from "./speech/pocketsphinx.ts";
import { type ReadAloud, transcribeReadAloud } from "./speech/read-aloud.ts";
import { DATA, hasRecordings } from "./speech/recordings.ts";
import { COFFEE_NEGATIVES } from "./speech/grammars.ts";
import { type CommandSet, commandSets, SEED } from "./speech/sets.ts";

const RESULTS = path.resolve(import.meta.dirname, "results");
const HEADING = "set                         system          n  accept  strict  rejected     RTF";

type Row = Figures & { readonly set: string; readonly system: string };
type Options = {
  readonly step: number;
  readonly peer: boolean;
  readonly peerNoise: boolean;
  readonly strangers: boolean;
  readonly model: string;
  readonly hearing: HearOptions;
};

if (hasRecordings()) await main(readOptions());
else console.error(`SKIPPED: there are no recordings in ${DATA}; nothing was measured.`);

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      step: { type: "string", default: "1" },
      "no-peer": { type: "boolean", default: false },
      "peer-noise": { type: "boolean", default: false },
      "no-strangers": { type: "boolean", default: false },
      model: { type: "string", default: "embedded" },
      "only-one": { type: "boolean", default: false },
      negatives: { type: "boolean", default: false },
    },
  });
  return {
    step: Number(values.step),
    peer: !values["no-peer"],
    peerNoise: values["peer-noise"],
    strangers: !values["no-strangers"],
    model: values.model,
    hearing: {
      onlyOne: values["only-one"],
      negatives: values.negatives ? COFFEE_NEGATIVES : [],
    },
  };
}

async function main({ step, peer, peerNoise, strangers, model, hearing }: Options): Promise<void> {
  console.log(
    `Node ${process.version}; accept: intent and labelled slots right; strict: no slot more`,
  );
  const sets = await commandSets(step);
  const rows: Row[] = [];
  const accepts: FalseAccepts[] = [];
  let readAloud: ReadAloud;
  {
    await using scope = new Scope("bench");
    const stt = await SpeechToText.open(scope, { language: "en", model });
    console.log(HEADING);
    for (const set of sets) rows.push(await ownRow(stt, set, hearing));
    readAloud = await transcribeReadAloud(stt, step);
    const { recordings, words, wordErrorRate, realTimeFactor } = readAloud;
    console.log(
      `\nread-en, written down without templates: ${recordings} recordings, ${words} words, ${percent(wordErrorRate).trim()} % wrong, RTF ${realTimeFactor.toFixed(4)}`,
    );
    if (strangers) {
      console.log("\nTaken for a command though it is none");
      for await (const row of falseAccepts(stt, step, hearing)) accepts.push(show(row));
      for await (const row of nearMisses(stt, step, hearing)) accepts.push(show(row));
    }
  }
  const workerMb = await workerPeakMb(sets[0]!);
  console.log(`\nMemory of the worker at its most: ${inMb(workerMb)}`);

  const python = peer ? await findPocketsphinx() : undefined;
  let peerMb = 0;
  if (python !== undefined) {
    console.log(`\nThe peer, on the same samples\n${HEADING}`);
    for (const set of sets.filter((s) => s.noise === undefined || peerNoise)) {
      const figures = await hearWithPeer(python, set);
      peerMb = Math.max(peerMb, figures.peakRssMb);
      rows.push(printed({ set: set.name, system: "pocketsphinx", ...figures }));
    }
    console.log(`\nMemory of pocketsphinx at its most: ${inMb(peerMb)}`);
  }
  mkdirSync(RESULTS, { recursive: true });
  const results = {
    node: process.version,
    seed: SEED,
    step,
    rows,
    readAloud,
    accepts,
    workerMb,
    peerMb,
  };
  writeFileSync(path.join(RESULTS, "speech.json"), JSON.stringify(results, null, 2));
  const svg = plotAcceptBySnr(
    inKitchen(sets, rows, "earshot"),
    inKitchen(sets, rows, "pocketsphinx"),
  );
  writeFileSync(path.join(RESULTS, "accept-by-snr.svg"), svg);
}

function inKitchen(sets: readonly CommandSet[], rows: readonly Row[], system: string): Point[] {
  return rows.flatMap(({ set: name, accept, ...row }) => {
    const noise = sets.find((set) => set.name === name)?.noise;
    return noise?.of !== "kitchen" || row.system !== system ? [] : [{ snrDb: noise.snrDb, accept }];
  });
}

async function ownRow(stt: SpeechToText, set: CommandSet, hearing: HearOptions): Promise<Row> {
  const isOrder = set.name.startsWith("coffee");
  const own = isOrder ? hearing : { ...hearing, negatives: [] };
  const figures = await hear(stt, set.recordings(), set.expected, set.automaton, own);
  return printed({ set: set.name, system: "earshot", ...figures });
}

function printed(row: Row): Row {
  console.log(
    [
      row.set.padEnd(27),
      row.system.padEnd(12),
      String(row.recordings).padStart(4),
      percent(row.accept),
      percent(row.strict),
      percent(row.rejected).padStart(9),
      row.realTimeFactor.toFixed(4).padStart(8),
    ].join(" "),
  );
  return row;
}

function show(row: FalseAccepts): FalseAccepts {
  const { templates, set, recordings, share, realTimeFactor } = row;
  const factor = realTimeFactor.toFixed(4);
  console.log(
    `${templates.padEnd(15)} ${set.padEnd(20)} ${String(recordings).padStart(5)} ${percent(share)} %  RTF ${factor}`,
  );
  return row;
}

function percent(value: number): string {
  return (100 * value).toFixed(1).padStart(7);
}

function inMb(value: number | undefined): string {
  return value === undefined ? "not known here" : `${value.toFixed(0)} MB`;
}
