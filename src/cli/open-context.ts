import { VoiceContext, type VoiceContextOptions } from "../context/voice-context.ts";
import type { Execution } from "./execute.ts";

/** A context as the settings say; closed with the command's scope. */
export async function openContext(
  { settings, scope }: Execution,
  overrides: Partial<VoiceContextOptions> = {},
): Promise<VoiceContext> {
  const { language, intents, lists, model, fuzzyThreshold, debug } = settings;
  const options = { language, intents, lists, model, fuzzyThreshold, debug, ...overrides };
  return VoiceContext.start({ ...options, signal: scope.signal });
}
