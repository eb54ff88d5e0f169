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
  /** The text recognised so far, empty if no template fits; it replaces the previous partial. */
  | (OfUtterance & {
      readonly type: "partial";
      readonly text: string;
      /** Position in the audio up to which it is understood, ms. */
      readonly heardMs: number;
    })
  | (OfUtterance & {
      readonly type: "speech-end";
      readonly audioMs: number;
      /** Why the utterance ended: silence, the longest length allowed, the end of the audio, or a reply of ours. */
      readonly reason: "silence" | "max-length" | "end-of-audio" | "muted";
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
  /**
   * Commands are taken for a while: the wake phrase was heard, or somebody asked for it (then `text` is empty and
   * the id is that of the utterance that is open, or else to come).
   */
  | (OfUtterance & {
      readonly type: "wake";
      readonly by: "phrase" | "request";
      readonly text: string;
    })
  /** No command came after the wake phrase: another one is needed now. */
  | (At & { readonly type: "asleep" })
  | (OfUtterance & {
      readonly type: "intent";
      /** Null when ambiguous: ask which of the candidates is meant. */
      readonly intent: IntentMatch | null;
      readonly text: string;
      readonly decision: Exclude<Decision, "reject">;
      readonly candidates: readonly IntentMatch[];
      /** Commands of the same sentence that come after this one, in order; each has an event of its own. */
      readonly further?: readonly IntentMatch[];
    })
  /**
   * Heard, and not acted on. `busy`: the command before is still being worked on; `cool-down`: too soon after the
   * wake phrase; `muted`: a reply of ours began in the middle of it.
   */
  | (OfUtterance & {
      readonly type: "ignored";
      readonly reason:
        | "not-a-command"
        | "no-wake-phrase"
        | "no-speech"
        | "busy"
        | "cool-down"
        | "muted";
      readonly text: string;
    })
  /** The recognition of one utterance failed; listening continues. */
  | (OfUtterance & { readonly type: "error"; readonly code: string; readonly message: string });
