import { VoiceContext, type VoiceContextOptions } from "../context/voice-context.ts";
import { UNSAYABLE_REMEDY } from "./output/event-lines.ts";
import type { Execution } from "./execute.ts";
import { toIntentOptions } from "./settings/intent-settings.ts";

const SHOWN_WORDS = 8;

/** A context as the settings say; closed with the command's scope. */
export async function openContext(
  { settings, output, scope }: Execution,
  overrides: Partial<VoiceContextOptions> = {},
): Promise<VoiceContext> {
  const { model, debug } = settings;
  const options = { ...toIntentOptions(settings), model, debug, ...overrides };
  const context = await VoiceContext.start({ ...options, signal: scope.signal });
  if (context.unsayable.length > 0) output.note(describeUnsayable(context.unsayable));
  return context;
}

function describeUnsayable(words: readonly string[]): string {
  const shown = words.slice(0, SHOWN_WORDS).map((word) => `"${word}"`);
  const more = words.length > SHOWN_WORDS ? ` and ${words.length - SHOWN_WORDS} more` : "";
  return `earshot: no pronunciation, so never heard: ${shown.join(", ")}${more}; ${UNSAYABLE_REMEDY}`;
}
