import type { SpeechThresholds } from "../../models/decision-settings.ts";
import type { SpeechEvidence } from "../scoring/speech-evidence.ts";

/** Whether somebody spoke: noise alone gives phones that the model is less sure of. */
export function isSpeech(
  { phones, phoneLogProb }: SpeechEvidence,
  { fewPhones, minPhoneLogProb, minPhoneLogProbOfFew }: SpeechThresholds,
): boolean {
  return phoneLogProb > (phones <= fewPhones ? minPhoneLogProbOfFew : minPhoneLogProb);
}
