export type { AudioInput } from "./audio/audio-input.ts";
export {
  openMicrophone,
  type Microphone,
  type MicrophoneOptions,
} from "./audio/microphone/microphone.ts";
export {
  superviseMicrophone,
  type MicrophoneEvent,
  type SupervisedMicrophoneOptions,
} from "./audio/microphone/supervised-microphone.ts";
export { streamAudio } from "./audio/formats/stream-audio.ts";
export { cleanup } from "./lifetime/cleanup/cleanup.ts";
export type { CleanupReason, CleanupReport } from "./lifetime/cleanup/cleanup-report.ts";
export { cleanupRegistry, type CleanupRegistry } from "./lifetime/cleanup/cleanup-registry.ts";
export { forceExit } from "./lifetime/exit/force-exit.ts";
export { Scope, type ScopeOptions } from "./lifetime/scope.ts";
export {
  VoiceContext,
  type ContextListenOptions,
  type TemplatesEvent,
  type VoiceContextOptions,
  type WatchTemplatesOptions,
} from "./context/voice-context.ts";
export { sttOnly, withVoiceContext } from "./context/with-voice-context.ts";
export { EarshotError, type EarshotErrorCode } from "./errors.ts";
export type { SlotValue } from "./grammar/automaton.ts";
export type { Decision, IntentMatch, Understanding } from "./grammar/understanding.ts";
export type { Language } from "./languages/language.ts";
export type { ClassifyOptions } from "./intent/engine/intent-engine.ts";
export { Attention } from "./context/attention.ts";
export type { ListenEvent } from "./context/events.ts";
export type {
  Recognition,
  RecognizeOptions,
  TimedWord,
  Transcript,
} from "./stt/speech-to-text.ts";
