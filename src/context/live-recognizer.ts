import type { SpeechToText } from "../stt/speech-to-text.ts";

/** The part of speech recognition that listening needs. */
export type LiveRecognizer = Pick<SpeechToText, "recognize" | "partial">;
