export { expectNoLeaks, voiceTest, type VoiceFixtures } from "./voice-test.ts";
