import { streamAudio } from "../../audio/formats/stream-audio.ts";
import {
  superviseMicrophone,
  type MicrophoneEvent,
} from "../../audio/microphone/supervised-microphone.ts";
import type { Scope } from "../../lifetime/scope.ts";
import type { Settings } from "../settings/settings.ts";

/** Opens the input of `earshot run`: the microphone, a recording, or PCM16 on stdin. */
export async function openSource(
  scope: Scope,
  { input, recorder, device }: Settings,
  onMicrophone: (event: MicrophoneEvent) => void,
): Promise<AsyncIterable<Float32Array>> {
  const { signal } = scope;
  if (input === "-") {
    // An open stdin keeps the process alive, and whoever writes to it may never end it.
    scope.defer(() => void process.stdin.destroy(), { name: "standard input", phase: "intake" });
    return streamAudio(process.stdin, { format: "pcm16", signal });
  }
  if (input !== undefined) return begun(scope, streamAudio(input, { signal }));
  return superviseMicrophone(scope, {
    ...(recorder === undefined ? {} : { recorder }),
    ...(device === undefined ? {} : { device }),
    onEvent: onMicrophone,
  });
}

/**
 * The same audio, begun: a file that cannot be read fails here and not in the middle of listening. Its file is the
 * scope's from here on: whoever was to listen may fail before the first chunk.
 */
async function begun<T>(scope: Scope, audio: AsyncGenerator<T>): Promise<AsyncIterable<T>> {
  const first = await audio.next();
  scope.defer(() => audio.return(undefined), { name: "recording", phase: "intake" });
  return (async function* () {
    if (!first.done) yield first.value;
    yield* audio;
  })();
}
