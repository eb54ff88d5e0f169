import type { AudioDecoder } from "./audio-decoder.ts";
import { FlacFrames } from "./flac-frames.ts";
import { concatSamples } from "../pcm.ts";

/** Passes only the undamaged frames of a FLAC file to a decoder, so that damage costs no more than its frame. */
export class FlacDecoder implements AudioDecoder {
  readonly #decoder: AudioDecoder;
  readonly #frames = new FlacFrames();

  constructor(decoder: AudioDecoder) {
    this.#decoder = decoder;
  }

  get sampleRateHz(): number | undefined {
    return this.#decoder.sampleRateHz;
  }

  decode(bytes: Uint8Array): Float32Array<ArrayBuffer> {
    return this.#decoder.decode(this.#frames.push(bytes));
  }

  flush(): Float32Array<ArrayBuffer> {
    return concatSamples([this.#decoder.decode(this.#frames.flush()), this.#decoder.flush()]);
  }

  free(): void {
    this.#decoder.free();
  }
}
