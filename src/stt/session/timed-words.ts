import type { WrittenWord } from "../scoring/hypothesis.ts";
import type { TimedWord } from "../recognition.ts";
import type { Utterance } from "./utterances.ts";

/** Words with times in the recording. A word that reaches into the padding is cut where the audio begins or ends. */
export function toTimedWords(
  words: readonly WrittenWord[],
  { startMs, endMs }: Pick<Utterance, "startMs" | "endMs">,
  frameMs: number,
  paddingMs: number,
): TimedWord[] {
  const toMs = (frame: number): number => {
    const ms = Math.round(startMs + frame * frameMs);
    return Math.min(Math.max(ms, Math.ceil(startMs + paddingMs)), Math.floor(endMs));
  };
  return words.map(({ text, startFrame, endFrame }) => ({
    text,
    startMs: toMs(startFrame),
    endMs: toMs(endFrame),
  }));
}
