import { EarshotError } from "../../errors.ts";
import type { AudioDecoder } from "./audio-decoder.ts";
import { concatBytes, type PcmEncoding, PcmReader } from "../pcm.ts";

const TAG_PCM = 1;
const TAG_FLOAT = 3;
const TAG_EXTENSIBLE = 0xfffe;
/** Bounds the memory for a file whose audio never begins. */
const MAX_HEADER_BYTES = 1 << 20;
/** More than any recorder writes, so a higher number means damage. */
const MAX_CHANNELS = 64;

/**
 * Decodes RIFF WAVE as it arrives: PCM of 8, 16, 24 or 32 bit and float of 32 or 64 bit, plain or extensible, up to 64
 * channels. A data chunk may state more bytes than the file has, because programs that write to a pipe do not know the
 * length. A length of 0, which killed programs leave, counts only if the file ends there or another chunk follows. The
 * decoder ignores what follows the data chunk.
 *
 * @throws EarshotError AUDIO_UNSUPPORTED for other encodings
 */
export class WavDecoder implements AudioDecoder {
  sampleRateHz: number | undefined;
  readonly #name: string;
  #header = new Uint8Array(0);
  #reader: PcmReader | undefined;
  #remainingBytes = 0;

  /** @param name what errors call the recording */
  constructor(name: string) {
    this.#name = name;
  }

  decode(bytes: Uint8Array): Float32Array<ArrayBuffer> {
    if (this.#reader !== undefined) return this.#read(this.#reader, bytes);
    const input = this.#header.length === 0 ? bytes : concatBytes(this.#header, bytes);
    const dataAt = this.#parseHeader(input);
    if (dataAt === undefined || this.#reader === undefined) {
      if (input.length > MAX_HEADER_BYTES) throw this.#unsupported("its header has no end");
      this.#header = input.slice();
      return new Float32Array(0);
    }
    this.#header = new Uint8Array(0);
    return this.#read(this.#reader, input.subarray(dataAt));
  }

  flush(): Float32Array<ArrayBuffer> {
    return new Float32Array(0);
  }

  free(): void {}

  #read(reader: PcmReader, bytes: Uint8Array): Float32Array<ArrayBuffer> {
    const data = bytes.subarray(0, Math.min(bytes.length, this.#remainingBytes));
    this.#remainingBytes -= data.length;
    return reader.push(data);
  }

  /** Position of the audio; undefined until the header of its chunk has arrived. */
  #parseHeader(bytes: Uint8Array): number | undefined {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let format: WavFormat | undefined;
    for (let at = 12; at + 8 <= bytes.length; ) {
      const id = view.getUint32(at, false);
      const length = view.getUint32(at + 4, true);
      const body = at + 8;
      if (id === CHUNK_DATA) {
        if (format === undefined)
          throw this.#unsupported("it has no format chunk before its audio");
        this.sampleRateHz = format.sampleRateHz;
        this.#reader = new PcmReader(format.encoding, format.channels);
        const isUnknown = length >= UNKNOWN_LENGTH || (length === 0 && !isChunk(view, body));
        this.#remainingBytes = isUnknown ? Infinity : length;
        return body;
      }
      if (id === CHUNK_FMT) {
        if (body + Math.min(length, 40) > bytes.length) return undefined;
        format = this.#parseFormat(view, body, length);
      }
      at = body + length + (length % 2);
    }
    return undefined;
  }

  #parseFormat(view: DataView, at: number, length: number): WavFormat {
    if (length < 16) throw this.#unsupported("its format chunk is too short");
    const outerTag = view.getUint16(at, true);
    const tag =
      outerTag === TAG_EXTENSIBLE && length >= 40 ? view.getUint16(at + 24, true) : outerTag;
    const channels = view.getUint16(at + 2, true);
    const bits = view.getUint16(at + 14, true);
    const encoding = encodingOf(tag, bits);
    if (encoding === undefined)
      throw this.#unsupported(`its encoding (tag ${tag}, ${bits} bit) is not PCM`);
    if (channels < 1 || channels > MAX_CHANNELS)
      throw this.#unsupported(`it states ${channels} channels, not 1 to ${MAX_CHANNELS}`);
    return { encoding, channels, sampleRateHz: view.getUint32(at + 4, true) };
  }

  #unsupported(why: string): EarshotError {
    return new EarshotError(
      "AUDIO_UNSUPPORTED",
      `${this.#name} is a WAV file that cannot be read: ${why}. Convert it to 16-bit PCM.`,
      { place: this.#name },
    );
  }
}

const CHUNK_FMT = 0x66_6d_74_20;
const CHUNK_DATA = 0x64_61_74_61;
/** Lengths from here on mean "unknown": programs that write to a pipe state nearly 2³¹ or 2³². */
const UNKNOWN_LENGTH = 0x7fff_0000;

/** Whether another chunk begins at `at`, which its name of four printable characters shows. */
function isChunk(view: DataView, at: number): boolean {
  // If the file states that it ends here, the bytes are audio, even if they look like a name.
  const isWithinFile = view.getUint32(4, true) + 8 > at;
  if (!isWithinFile || at + 4 > view.byteLength) return false;
  return [0, 1, 2, 3].every((i) => {
    const character = view.getUint8(at + i);
    return character >= 0x20 && character <= 0x7e;
  });
}

type WavFormat = { encoding: PcmEncoding; channels: number; sampleRateHz: number };

function encodingOf(tag: number, bits: number): PcmEncoding | undefined {
  if (tag === TAG_FLOAT) return bits === 32 ? "f32" : bits === 64 ? "f64" : undefined;
  if (tag !== TAG_PCM) return undefined;
  if (bits === 8) return "u8";
  return bits === 16 || bits === 24 || bits === 32 ? `s${bits}` : undefined;
}
