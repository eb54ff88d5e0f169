export { expectNoLeaks, LeakError, type LeakOptions } from "./leaks/expect-no-leaks.ts";
export { guardLeaks, type GuardOptions } from "./leaks/guard-leaks.ts";
export type { Leak } from "./leaks/leak-watch.ts";
export type { LeakKind } from "./leaks/ledger.ts";
export {
  ScriptedRecognizer,
  type ScriptedListenOptions,
  type ScriptStep,
} from "./scripted-recognizer.ts";
export type { ScriptedIntent, ScriptedUtterance } from "./scripted-utterance.ts";
export { voiceTest, type VoiceFixtures } from "./voice-test.ts";
