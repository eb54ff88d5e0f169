/** Rate of all audio inside this package, in Hz: mono Float32 samples, nominally −1…1. */
export const SAMPLE_RATE_HZ = 16_000;

/** How one sample lies in the bytes: unsigned 8 bit, signed 16 / 24 / 32 bit, float 32 / 64; all little-endian. */
export type PcmEncoding = "u8" | "s16" | "s24" | "s32" | "f32" | "f64";

const BYTES_PER_SAMPLE = { u8: 1, s16: 2, s24: 3, s32: 4, f32: 4, f64: 8 } as const;

/**
 * Bytes of interleaved PCM, cut anywhere, to mono: the channels are averaged. Holds back less than one
 * sample frame between calls; a frame that the end of the input cuts off is dropped.
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
      mono[frame] = soundOrSilence(sum / this.#channels);
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

/** PCM16 samples to Float32 in −1…1. Copies. */
export function int16ToFloat32(samples: Int16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(samples, (sample) => sample / 0x8000);
}

/** A copy with silence for samples that cannot be, such as NaN or 10³⁰, which a damaged float recording can hold. */
export function soundSamples(samples: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(samples, soundOrSilence);
}

/** Channels of equal length to their mean. */
export function mixDown(channels: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const mono = new Float32Array(channels[0]?.length ?? 0);
  for (const channel of channels) {
    for (let i = 0; i < mono.length; i++) mono[i]! += (channel[i] ?? 0) / channels.length;
  }
  return mono;
}

/** One array from many, in order. */
export function concatSamples(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function concatBytes(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Full scale of those who give 16-bit values as floats; what is louder is damage. */
const LOUDEST = 0x8000;

function soundOrSilence(sample: number): number {
  return Math.abs(sample) <= LOUDEST ? sample : 0;
}
