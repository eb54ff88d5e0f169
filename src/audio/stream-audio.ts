import { EarshotError } from "../errors.ts";
import { type AudioDecoder, createDecoder } from "./audio-decoder.ts";
import { SNIFF_BYTES, sniffFormat } from "./audio-format.ts";
import type { AudioStreamInput, ReadAudioOptions } from "./audio-input.ts";
import { readFileBytes, readMemoryBytes } from "./byte-source.ts";
import { untilAborted } from "./until-aborted.ts";
import { concatBytes, finiteSamples, int16ToFloat32, PcmReader, SAMPLE_RATE_HZ } from "./pcm.ts";
import { MAX_RATE_HZ, MIN_RATE_HZ, Resampler } from "./resampler.ts";

/**
 * A recording in chunks of mono 16 kHz Float32 as it is decoded, so that an hour of it takes bounded memory.
 * Chunks have any length, are never empty and are the caller's own. Errors as `readAudio`.
 * A stream stays its owner's: aborting ends the reading at once and leaves the stream to be destroyed.
 */
export async function* streamAudio(
  input: AudioStreamInput,
  options: ReadAudioOptions = {},
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  options.signal?.throwIfAborted();
  if (input instanceof Float32Array || input instanceof Int16Array) {
    const resampler = new Resampler(options.sampleRateHz ?? SAMPLE_RATE_HZ);
    const samples = input instanceof Int16Array ? int16ToFloat32(input) : finiteSamples(input);
    yield* nonEmpty([resampler.push(samples), resampler.flush()]);
    return;
  }
  const name = typeof input === "string" ? input : "The audio";
  const bytes = untilAborted(bytesOf(input), options.signal);
  if (options.format === "pcm16") yield* decodeRaw(bytes, options.sampleRateHz);
  else yield* decodeFile(bytes, name);
}

function bytesOf(
  input: Exclude<AudioStreamInput, Int16Array | Float32Array>,
): AsyncIterable<Uint8Array> {
  if (typeof input === "string") return readFileBytes(input);
  if (input instanceof Uint8Array) return readMemoryBytes(input);
  if (typeof input === "object" && Symbol.asyncIterator in input) return input;
  throw new TypeError(
    `audio must be a path, bytes, samples or a stream of bytes, not ${typeof input}`,
  );
}

async function* decodeRaw(
  pieces: AsyncIterable<Uint8Array>,
  rateHz = SAMPLE_RATE_HZ,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  const reader = new PcmReader("s16", 1);
  const resampler = new Resampler(rateHz);
  for await (const piece of pieces) yield* nonEmpty([resampler.push(reader.push(piece))]);
  yield* nonEmpty([resampler.flush()]);
}

async function* decodeFile(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  let decoder: AudioDecoder | undefined;
  let resampler: Resampler | undefined;
  const convert = (samples: Float32Array): Float32Array<ArrayBuffer> => {
    resampler ??= resamplerFor(decoder?.sampleRateHz, name);
    return resampler?.push(samples) ?? samples.slice();
  };
  try {
    for await (const piece of withLongHead(pieces)) {
      decoder ??= await decoderFor(piece, name);
      yield* nonEmpty([convert(decoder.decode(piece))]);
    }
    if (decoder === undefined) throw truncated(name, "is empty (0 bytes)");
    yield* nonEmpty([convert(decoder.flush()), resampler?.flush() ?? new Float32Array(0)]);
    if (resampler === undefined) throw truncated(name, "is cut off or damaged before any audio");
  } finally {
    decoder?.free();
  }
}

/** The same bytes, the first piece long enough to tell the format (or all there is). */
async function* withLongHead(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const piece of pieces) {
    head &&= concatBytes(head, piece);
    if (head === undefined) yield piece;
    else if (head.length >= SNIFF_BYTES) {
      yield head;
      head = undefined;
    }
  }
  if (head !== undefined && head.length > 0) yield head;
}

async function decoderFor(head: Uint8Array, name: string): Promise<AudioDecoder> {
  const format = sniffFormat(head);
  if (format !== undefined) return createDecoder(format, name);
  throw new EarshotError(
    "AUDIO_UNSUPPORTED",
    `${name} is not a recording that is read here; convert it to WAV, FLAC, MP3, Ogg Vorbis or Ogg Opus.`,
    { place: name },
  );
}

/** Undefined as long as the decoder has not met any audio. */
function resamplerFor(rateHz: number | undefined, name: string): Resampler | undefined {
  if (rateHz === undefined) return undefined;
  if (rateHz >= MIN_RATE_HZ && rateHz <= MAX_RATE_HZ) return new Resampler(rateHz);
  throw new EarshotError(
    "AUDIO_UNSUPPORTED",
    `${name} has ${rateHz} samples a second; convert it to 16000 (8000 to 192000 are read).`,
    { place: name },
  );
}

function truncated(name: string, what: string): EarshotError {
  return new EarshotError("AUDIO_TRUNCATED", `${name} ${what}; record or copy it again.`, {
    place: name,
  });
}

function* nonEmpty(
  chunks: readonly Float32Array<ArrayBuffer>[],
): Generator<Float32Array<ArrayBuffer>> {
  for (const chunk of chunks) if (chunk.length > 0) yield chunk;
}
