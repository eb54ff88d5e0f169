import type { AudioDecoder } from "./audio-decoder.ts";
import type { AudioFormat } from "./audio-format.ts";
import { FlacDecoder } from "./flac-decoder.ts";
import { mixDown } from "../pcm.ts";
import { DAMAGED, truncated } from "./truncated.ts";
import { WavDecoder } from "./wav-decoder.ts";

/**
 * Creates the decoder for a format. A codec is loaded on first use, because loading all of them takes longer than
 * decoding most files.
 *
 * @param name what errors call the recording
 */
export async function createDecoder(format: AudioFormat, name: string): Promise<AudioDecoder> {
  switch (format) {
    case "wav":
      return new WavDecoder(name);
    case "flac":
    case "ogg-flac": {
      const codec = await (await import("@audio/decode-flac")).decoder();
      const decoder = new CodecDecoder(codec, name);
      return format === "flac" ? new FlacDecoder(decoder) : decoder;
    }
    case "mp3":
      return new CodecDecoder(await (await import("@audio/decode-mp3")).decoder(), name);
    case "ogg-vorbis":
      return new CodecDecoder(await (await import("@audio/decode-vorbis")).decoder(), name);
    case "ogg-opus":
      return new CodecDecoder(await (await import("@audio/decode-opus")).decoder(), name);
  }
}

type DecodedChannels = { channelData: Float32Array[]; sampleRate: number };

const NOTHING: DecodedChannels = { channelData: [], sampleRate: 0 };

/** The interface of the four codec packages, which run as synchronous WebAssembly in this thread. */
type Codec = {
  decode(bytes: Uint8Array): DecodedChannels;
  flush?(): DecodedChannels;
  free(): void;
};

class CodecDecoder implements AudioDecoder {
  sampleRateHz: number | undefined;
  readonly #codec: Codec;
  readonly #name: string;
  #ended = false;

  constructor(codec: Codec, name: string) {
    this.#codec = codec;
    this.#name = name;
  }

  decode(bytes: Uint8Array): Float32Array<ArrayBuffer> {
    return this.#samplesOf(() => this.#codec.decode(bytes));
  }

  flush(): Float32Array<ArrayBuffer> {
    return this.#samplesOf(() => this.#codec.flush?.() ?? NOTHING);
  }

  free(): void {
    this.#codec.free();
  }

  #samplesOf(decode: () => DecodedChannels): Float32Array<ArrayBuffer> {
    if (this.#ended) return new Float32Array(0);
    const { channelData, sampleRate } = this.#decodeOrEnd(decode);
    const decoded = channelData[0]?.length ?? 0;
    if (decoded === 0) return new Float32Array(0);
    this.sampleRateHz ??= sampleRate;
    // Random bytes behind an MP3 decode as frames of any rate, so a change of rate ends the recording.
    this.#ended = sampleRate !== this.sampleRateHz;
    return this.#ended ? new Float32Array(0) : mixDown(channelData);
  }

  /** An error of a codec means damage. It ends the recording, or is thrown if the recording has not begun. */
  #decodeOrEnd(decode: () => DecodedChannels): DecodedChannels {
    try {
      return withoutConsole(decode);
    } catch (error) {
      if (this.sampleRateHz === undefined) throw truncated(this.#name, DAMAGED, error);
      this.#ended = true;
      return NOTHING;
    }
  }
}

/**
 * Keeps the codecs from printing every damaged frame to the console. They run synchronously, so no other code can
 * print meanwhile.
 */
function withoutConsole<T>(run: () => T): T {
  const { error, warn } = console;
  console.error = console.warn = () => {};
  try {
    return run();
  } finally {
    console.error = error;
    console.warn = warn;
  }
}
