export { expectNoLeaks, LeakError, type LeakOptions } from "./expect-no-leaks.ts";
export { guardLeaks, type GuardOptions } from "./guard-leaks.ts";
export type { Leak } from "./leak-watch.ts";
export type { LeakKind } from "./ledger.ts";
export { voiceTest, type VoiceFixtures } from "./voice-test.ts";
