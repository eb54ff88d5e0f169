export type { AudioInput } from "./audio/audio-input.ts";
export { openMicrophone, type Microphone, type MicrophoneOptions } from "./audio/microphone.ts";
export {
  superviseMicrophone,
  type MicrophoneEvent,
  type SupervisedMicrophoneOptions,
} from "./audio/supervised-microphone.ts";
export { streamAudio } from "./audio/stream-audio.ts";
export { cleanup } from "./context/cleanup.ts";
export type { CleanupReason, CleanupReport } from "./context/cleanup-report.ts";
export { cleanupRegistry, type CleanupRegistry } from "./context/cleanup-registry.ts";
export { forceExit } from "./context/force-exit.ts";
export { Scope, type ScopeOptions } from "./context/scope.ts";
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
export type { Language } from "./language.ts";
export type { ClassifyOptions } from "./intent/intent-engine.ts";
export { Attention } from "./orchestrator/attention.ts";
export type { ListenEvent } from "./orchestrator/events.ts";
export type {
  Recognition,
  RecognizeOptions,
  TimedWord,
  Transcript,
} from "./stt/speech-to-text.ts";
