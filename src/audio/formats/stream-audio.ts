import { types } from "node:util";
import { kindOf } from "../../base/kind-of.ts";
import { assertOneOf } from "../../base/one-of.ts";
import { assertOptionNames, type OptionNames } from "../../base/option-names.ts";
import type { AudioStreamInput, ReadAudioOptions } from "../audio-input.ts";
import { readFileBytes, readMemoryBytes } from "./byte-source.ts";
import { isStream } from "../assert-audio.ts";
import { decodeFile } from "./decode-file.ts";
import { int16ToFloat32, PcmReader, SAMPLE_RATE_HZ, silenceInvalidSamples } from "../pcm.ts";
import { Resampler } from "../resampler.ts";
import { untilAborted } from "../../base/waiting/until-aborted.ts";

const NAMES = {
  sampleRateHz: true,
  format: true,
  signal: true,
} satisfies OptionNames<ReadAudioOptions>;

/**
 * Decodes a recording in chunks of mono 16 kHz Float32, so that memory stays bounded. Chunks have any length, are never
 * empty and belong to the caller. Aborting ends the reading at once; a stream that was passed stays open, and its owner
 * destroys it. Throws the errors of `readAudio`.
 */
export async function* streamAudio(
  input: AudioStreamInput,
  options: ReadAudioOptions = {},
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  assertOptionNames("streamAudio", options, NAMES);
  assertOneOf("format", options.format ?? "auto", ["auto", "pcm16"]);
  options.signal?.throwIfAborted();
  if (input instanceof Float32Array || input instanceof Int16Array) {
    const resampler = new Resampler(options.sampleRateHz ?? SAMPLE_RATE_HZ);
    const samples =
      input instanceof Int16Array ? int16ToFloat32(input) : silenceInvalidSamples(input);
    yield* nonEmpty([resampler.push(samples), resampler.flush()]);
    return;
  }
  const name = typeof input === "string" ? input : "The audio";
  const bytes = assertBytes(untilAborted(bytesOf(input), options.signal));
  if (options.format === "pcm16") yield* decodeRaw(bytes, options.sampleRateHz);
  else for await (const chunk of decodeFile(bytes, name)) yield* nonEmpty([chunk]);
}

function bytesOf(
  input: Exclude<AudioStreamInput, Int16Array | Float32Array>,
): AsyncIterable<unknown> {
  if (typeof input === "string") return readFileBytes(input);
  if (input instanceof Uint8Array) return readMemoryBytes(input);
  if (isStream(input)) return input;
  throw new TypeError(
    `audio must be a path, bytes, samples or a stream of bytes, not ${kindOf(input)}`,
  );
}

/** @throws TypeError for samples and text, which would decode to noise */
async function* assertBytes(pieces: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    if (!types.isUint8Array(piece)) {
      throw new TypeError(
        `a stream of audio must yield bytes (Uint8Array), not ${kindOf(piece)}; set no encoding on the stream, and pass samples to ctx.listen`,
      );
    }
    yield piece;
  }
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

function* nonEmpty(
  chunks: readonly Float32Array<ArrayBuffer>[],
): Generator<Float32Array<ArrayBuffer>> {
  for (const chunk of chunks) if (chunk.length > 0) yield chunk;
}
