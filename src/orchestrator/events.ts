import type { Decision, IntentMatch } from "../grammar/understanding.ts";

type At = {
  /** Position in the audio, milliseconds since listening began. */
  readonly atMs: number;
};

type OfUtterance = At & {
  /** "u1", "u2" …; the same on every event of one utterance. */
  readonly utteranceId: string;
};

/**
 * What `ctx.listen()` yields and `earshot run --json` prints, one a line. Within an utterance:
 * speech-start, partial …, speech-end, final, then intent or ignored.
 */
export type ListenEvent =
  | (At & { readonly type: "ready" })
  | (OfUtterance & { readonly type: "speech-start" })
  /** What the recogniser would say now; replaces the partial before it. */
  | (OfUtterance & { readonly type: "partial"; readonly text: string })
  | (OfUtterance & {
      readonly type: "speech-end";
      readonly audioMs: number;
      /** Why the utterance ended: silence, the longest length allowed, or the end of the audio. */
      readonly reason: "silence" | "max-length" | "end-of-audio";
    })
  | (OfUtterance & {
      readonly type: "final";
      readonly text: string;
      /** 0…1 */
      readonly confidence: number;
      readonly audioMs: number;
      /** From the end of the utterance to this event. */
      readonly tookMs: number;
    })
  /** The wake phrase was heard; commands are taken for a while. */
  | (OfUtterance & { readonly type: "wake"; readonly text: string })
  | (OfUtterance & {
      readonly type: "intent";
      /** Null when ambiguous: ask which of the candidates is meant. */
      readonly intent: IntentMatch | null;
      readonly text: string;
      readonly decision: Exclude<Decision, "reject">;
      readonly candidates: readonly IntentMatch[];
    })
  /** Heard, and not acted on. */
  | (OfUtterance & {
      readonly type: "ignored";
      readonly reason: "not-a-command" | "no-wake-phrase" | "no-speech";
      readonly text: string;
    })
  /** One utterance failed; listening goes on. */
  | (OfUtterance & { readonly type: "error"; readonly code: string; readonly message: string });
