import { VoiceContext, type VoiceContextOptions } from "./voice-context.ts";

/**
 * Runs `body` with a started context and closes it after, whatever happens. What `body` throws is what the
 * caller sees, also when closing fails after it.
 * @throws as `VoiceContext.start`, `body` and `VoiceContext.close`
 */
export async function withVoiceContext<T>(
  options: VoiceContextOptions,
  body: (context: VoiceContext) => Promise<T> | T,
): Promise<T> {
  const context = await VoiceContext.start(options);
  let result: T;
  try {
    result = await body(context);
  } catch (error) {
    await context.close().catch((closing: Error) => process.emitWarning(closing));
    throw error;
  }
  await context.close();
  return result;
}

/** A context with speech only: `stt` works, `intent` and `recognize` do not. */
export function sttOnly(
  options: Omit<VoiceContextOptions, "enableIntent" | "intents" | "lists"> = {},
): Promise<VoiceContext> {
  return VoiceContext.start({ ...options, enableIntent: false });
}
