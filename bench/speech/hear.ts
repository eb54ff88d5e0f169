import type { Automaton } from "../../src/grammar/automaton.ts";
import { speechGrammar } from "../../src/grammar/speech-grammar.ts";
import type { SpeechToText } from "../../src/stt/speech-to-text.ts";
import { type Answer, answerOf, answerOfText, type Figures, judge } from "./judge.ts";
import { askPocketsphinx } from "./pocketsphinx.ts";
import type { Recording } from "./recordings.ts";
import type { CommandSet } from "./sets.ts";

export type HearOptions = {
  /** Sentences that must be rejected. */
  readonly negatives?: readonly string[];
  /** Whether a sentence contains one command only; shows what several commands cost. */
  readonly onlyOne?: boolean;
};

/** Runs Earshot on recordings with the full grammar of a context. */
export async function hear(
  stt: SpeechToText,
  recordings: readonly Recording[],
  expected: readonly Answer[],
  automaton: Automaton,
  { negatives = [], onlyOne = false }: HearOptions = {},
): Promise<Figures> {
  await stt.setGrammar(onlyOne ? automaton : speechGrammar(automaton, { negatives }));
  const answers: Answer[] = [];
  const started = performance.now();
  for (const { samples } of recordings) answers.push(answerOf(await stt.recognize(samples)));
  const seconds = (performance.now() - started) / 1000;
  return judge(answers, expected, seconds / secondsOf(recordings));
}

/** Runs pocketsphinx on the same samples. `peakRssMb` counts its whole process. */
export async function hearWithPeer(
  python: string,
  set: CommandSet,
): Promise<Figures & { readonly peakRssMb: number }> {
  const recordings = set.recordings();
  const peer = await askPocketsphinx(python, set.jsgf, recordings);
  const answers = peer.texts.map((text) => answerOfText(set.automaton, text));
  const figures = judge(answers, set.expected, peer.seconds / secondsOf(recordings));
  return { ...figures, peakRssMb: peer.peakRssMb };
}

function secondsOf(recordings: readonly Recording[]): number {
  return recordings.reduce((sum, { samples }) => sum + samples.length, 0) / 16_000;
}
