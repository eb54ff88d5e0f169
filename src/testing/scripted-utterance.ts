import { toMs } from "../audio/sample-time.ts";
import { WAKE_INTENT } from "../grammar/own-intents.ts";
import type { Decision, IntentMatch } from "../grammar/understanding.ts";
import type { Recognition } from "../stt/speech-to-text.ts";

/** An intent by its name, or with its slots; `confidence` is 1 unless given. */
export type ScriptedIntent =
  | string
  | (Pick<IntentMatch, "name"> & Partial<Pick<IntentMatch, "slots" | "confidence">>);

/** What somebody says, and how it is recognised. */
export type ScriptedUtterance = {
  readonly text: string;
  /** @default none, so it is rejected */
  readonly intent?: ScriptedIntent;
  /** @default "accept" with an intent, else "reject" */
  readonly decision?: Decision;
  /** Best first. @default the intent */
  readonly candidates?: readonly ScriptedIntent[];
  /** Commands said after the first in the same sentence. @default none */
  readonly further?: readonly ScriptedIntent[];
  /** True: it begins with the wake phrase, and without an intent it is that alone. @default false */
  readonly wake?: boolean;
  /** Texts shown while it is spoken, spread evenly over it. @default none */
  readonly partials?: readonly string[];
  /** Length of the speech, ms. @default 1000 */
  readonly durationMs?: number;
  /** Happens in the middle of the speech. */
  readonly during?: () => void;
  /** The recognition waits for it. @default it is there at once */
  readonly after?: Promise<unknown>;
  /** The recognition fails with it: an EarshotError ends this utterance, any other error the listening. */
  readonly error?: Error;
  readonly language?: Recognition["language"];
};

/** How a recogniser of speech answers for it; undefined stands for speech that no script has. */
export function toRecognition(
  utterance: ScriptedUtterance | undefined,
  samples: number,
  isAsleep: boolean,
): Recognition {
  const { text = "", wake = false, language = "en" } = utterance ?? {};
  const audioMs = toMs(samples);
  const heard = { text, words: [], language, audioMs, tookMs: 0 };
  const name = utterance?.intent ?? (wake && isAsleep ? WAKE_INTENT : undefined);
  const intent = name === undefined ? null : toMatch(name);
  const candidates = utterance?.candidates?.map(toMatch) ?? (intent === null ? [] : [intent]);
  const decision = utterance?.decision ?? (intent === null ? "reject" : "accept");
  if (decision === "reject" || (isAsleep && !wake)) {
    return { ...heard, intent: null, decision: "reject", candidates };
  }
  const further = utterance?.further?.map(toMatch);
  return {
    ...heard,
    intent: decision === "accept" ? intent : null,
    decision,
    candidates,
    ...(further === undefined ? {} : { further }),
  };
}

function toMatch(intent: ScriptedIntent): IntentMatch {
  const {
    name,
    confidence = 1,
    slots = {},
  } = typeof intent === "string" ? { name: intent } : intent;
  return { name, confidence, slots };
}
