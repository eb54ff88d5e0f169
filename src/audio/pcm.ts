/** Sample rate of all audio inside this package, which is mono Float32, nominally −1…1. */
export const SAMPLE_RATE_HZ = 16_000;

/** Encoding of one sample: unsigned 8 bit, signed 16 / 24 / 32 bit, or float 32 / 64 bit; all little-endian. */
export type PcmEncoding = "u8" | "s16" | "s24" | "s32" | "f32" | "f64";

const BYTES_PER_SAMPLE = { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4, f64: 8 } as const;

/**
 * Decodes interleaved PCM, in pieces cut anywhere, to mono by averaging the channels. Buffers less than one sample
 * frame between calls; an incomplete frame at the end of the input is dropped.
 */
export class PcmReader {
  readonly #encoding: PcmEncoding;
  readonly #channels: number;
  readonly #bytesPerFrame: number;
  #rest = new Uint8Array(0);

  constructor(encoding: PcmEncoding, channels: number) {
    this.#encoding = encoding;
    this.#channels = channels;
    this.#bytesPerFrame = BYTES_PER_SAMPLE[encoding] * channels;
  }

  /** Decodes the next bytes. Returns mono samples, −1…1 except for loud float input. */
  push(bytes: Uint8Array): Float32Array<ArrayBuffer> {
    const input = this.#rest.length === 0 ? bytes : concatBytes(this.#rest, bytes);
    const frames = Math.floor(input.length / this.#bytesPerFrame);
    this.#rest = input.slice(frames * this.#bytesPerFrame);
    return this.#toMono(input, frames);
  }

  #toMono(bytes: Uint8Array, frames: number): Float32Array<ArrayBuffer> {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const read = READERS[this.#encoding];
    const size = BYTES_PER_SAMPLE[this.#encoding];
    const mono = new Float32Array(frames);
    for (let frame = 0; frame < frames; frame++) {
      let sum = 0;
      for (let channel = 0; channel < this.#channels; channel++) {
        sum += read(view, frame * this.#bytesPerFrame + channel * size);
      }
      mono[frame] = validOrSilence(sum / this.#channels);
    }
    return mono;
  }
}

const READERS = {
  u8: (view, at) => (view.getUint8(at) - 128) / 0x80,
  s16: (view, at) => view.getInt16(at, true) / 0x8000,
  s24: (view, at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 0x80_0000,
  s32: (view, at) => view.getInt32(at, true) / 0x8000_0000,
  f32: (view, at) => view.getFloat32(at, true),
  f64: (view, at) => view.getFloat64(at, true),
} as const satisfies Record<PcmEncoding, (view: DataView, at: number) => number>;

/** Converts PCM16 samples to a new array of Float32 in −1…1. */
export function int16ToFloat32(samples: Int16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(samples, (sample) => sample / 0x8000);
}

/** Copies samples and replaces invalid ones, such as the NaN or 10³⁰ of a damaged float recording, by silence. */
export function silenceInvalidSamples(samples: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(samples, validOrSilence);
}

/** The mean of channels of equal length. */
export function mixDown(channels: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const mono = new Float32Array(channels[0]?.length ?? 0);
  for (const channel of channels) {
    for (let i = 0; i < mono.length; i++) mono[i]! += channel[i]! / channels.length;
  }
  return mono;
}

/** Joins arrays in order. */
export function concatSamples(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Joins two arrays of bytes. */
export function concatBytes(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Full scale of programs that write 16-bit values as floats; anything louder is damage. */
const MAX_AMPLITUDE = 0x8000;

function validOrSilence(sample: number): number {
  return Math.abs(sample) <= MAX_AMPLITUDE ? sample : 0;
}
