import { readFileSync } from "node:fs";
import path from "node:path";
import { DATA, readFolder } from "../../bench/speech/recordings.ts";
import { wordEdits } from "../../bench/word-edits.ts";
import { normalizeText, tokenize } from "../../src/grammar/text/tokenize.ts";
import type { FallingCurve } from "../../src/models/decision-settings.ts";
import { transcriptConfidence } from "../../src/stt/decision/confidence.ts";
import type { SetDecoder } from "./decode-sets.ts";

type Transcribed = { readonly gapNats: number; readonly words: number; readonly right: number };

const EVENS = range(0.05, 1.2, 0.05);
const SCALES = range(0.05, 1.5, 0.05);

/**
 * Fits the confidence in transcripts of read-en to the share of their words that is right: binomial log loss. Keeps the
 * curve in force, and says so, where the best one is at the edge of those tried: the recordings do not determine it.
 */
export async function fitTranscriptGap(
  decoder: SetDecoder,
  step: number,
  inForce: FallingCurve,
): Promise<FallingCurve> {
  const examples = await transcribed(decoder, step);
  let best = { curve: inForce, loss: lossOf(examples, inForce) };
  for (const evenNats of EVENS) {
    for (const scaleNats of SCALES) {
      const curve = { evenNats, scaleNats };
      const loss = lossOf(examples, curve);
      if (loss < best.loss) best = { curve, loss };
    }
  }
  if (!isAtEdge(best.curve)) return best.curve;
  const { evenNats, scaleNats } = best.curve;
  console.log(
    `\ntranscriptGap not determined (best at even ${evenNats}, scale ${scaleNats}): kept`,
  );
  return inForce;
}

function isAtEdge({ evenNats, scaleNats }: FallingCurve): boolean {
  return (
    [EVENS[0], EVENS.at(-1)].includes(evenNats) || [SCALES[0], SCALES.at(-1)].includes(scaleNats)
  );
}

async function transcribed(decoder: SetDecoder, step: number): Promise<Transcribed[]> {
  const lines = readFileSync(path.join(DATA, "read-en", "transcripts.txt"), "utf8").trim();
  const texts = new Map(
    lines.split("\n").map((line) => {
      const space = line.indexOf(" ");
      return [line.slice(0, space), line.slice(space + 1)] as const;
    }),
  );
  const examples: Transcribed[] = [];
  for (const { name, samples } of await readFolder("read-en", step)) {
    const transcript = await decoder.transcribe(samples);
    if (transcript === undefined) continue;
    const read = wordsOf(texts.get(path.parse(name).name) ?? "");
    const edits = wordEdits(read, wordsOf(transcript.text));
    const right = Math.max(0, read.length - edits);
    examples.push({ gapNats: transcript.gapNats, words: read.length, right });
  }
  return examples;
}

function lossOf(examples: readonly Transcribed[], transcriptGap: FallingCurve): number {
  return examples.reduce((sum, { gapNats, words, right }) => {
    const confidence = transcriptConfidence(gapNats, { transcriptGap });
    const bounded = Math.min(0.999, Math.max(0.001, confidence));
    return sum - right * Math.log(bounded) - (words - right) * Math.log(1 - bounded);
  }, 0);
}

function wordsOf(text: string): string[] {
  return tokenize(normalizeText(text.toLowerCase()), "en").map(({ word }) => word);
}

function range(from: number, to: number, step: number): number[] {
  const count = Math.round((to - from) / step) + 1;
  return Array.from({ length: count }, (_, i) => Math.round((from + i * step) * 100) / 100);
}
