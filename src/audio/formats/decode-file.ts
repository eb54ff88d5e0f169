import { EarshotError } from "../../errors.ts";
import type { AudioDecoder } from "./audio-decoder.ts";
import { createDecoder } from "./create-decoder.ts";
import { type AudioFormat, SNIFF_BYTES, sniffFormat } from "./audio-format.ts";
import { isEmptyRecording } from "./empty-recording.ts";
import { Id3Tags } from "./id3-tags.ts";
import { SAMPLE_RATE_HZ } from "../pcm.ts";
import { MAX_RATE_HZ, MIN_RATE_HZ, Resampler } from "../resampler.ts";
import { DAMAGED, truncated } from "./truncated.ts";

/**
 * Decodes a recording, in pieces cut anywhere, to chunks of mono 16 kHz. Chunks may be empty. A recording without
 * samples is valid.
 *
 * @param name what errors call the recording
 * @throws EarshotError AUDIO_UNSUPPORTED, AUDIO_TRUNCATED
 */
export async function* decodeFile(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
): AsyncGenerator<Float32Array<ArrayBuffer>> {
  let decoder: AudioDecoder | undefined;
  const tags = new Id3Tags();
  const input = withLongHead(pieces, tags);
  try {
    const first = await input.next();
    if (first.done === true) throw truncated(name, tags.found ? DAMAGED : "is empty (0 bytes)");
    const head = first.value;
    const format = formatOf(head, name, tags);
    decoder = await createDecoder(format, name);
    const resampler = new LateResampler(decoder, name);
    yield resampler.push(decoder.decode(head));
    let isOnlyHead = true;
    for await (const piece of input) {
      isOnlyHead = false;
      yield resampler.push(decoder.decode(piece));
    }
    yield resampler.push(decoder.flush());
    yield resampler.flush();
    if (resampler.hasStarted || (isOnlyHead && isEmptyRecording(head, format))) return;
    throw truncated(name, DAMAGED);
  } finally {
    decoder?.free();
    await input.return(undefined);
  }
}

/**
 * Yields the bytes behind the tags. The first piece has at least SNIFF_BYTES, or is the whole file; no piece is empty.
 */
async function* withLongHead(
  pieces: AsyncIterable<Uint8Array>,
  tags: Id3Tags,
): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const piece of pieces) {
    if (head === undefined) yield piece;
    else {
      head = tags.push(head, piece);
      if (head.length < SNIFF_BYTES) continue;
      yield head;
      head = undefined;
    }
  }
  if (head !== undefined && head.length > 0) yield head;
}

/** Recognises the format. Unknown bytes behind a tag count as MP3, whose first frame may come late. */
function formatOf(head: Uint8Array, name: string, tags: Id3Tags): AudioFormat {
  const format = sniffFormat(head) ?? (tags.found ? "mp3" : undefined);
  if (format !== undefined) return format;
  throw new EarshotError(
    "AUDIO_UNSUPPORTED",
    `${name} is not a recording in a supported format; convert it to WAV, FLAC, MP3, Ogg Vorbis or Ogg Opus.`,
    { place: name },
  );
}

/** A resampler that is created once the decoder knows the rate of the file. */
class LateResampler {
  readonly #decoder: AudioDecoder;
  readonly #name: string;
  #resampler: Resampler | undefined;

  constructor(decoder: AudioDecoder, name: string) {
    this.#decoder = decoder;
    this.#name = name;
  }

  /** Whether the decoder has found audio. */
  get hasStarted(): boolean {
    return this.#resampler !== undefined;
  }

  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    this.#resampler ??= this.#create();
    return this.#resampler?.push(samples) ?? new Float32Array(0);
  }

  flush(): Float32Array<ArrayBuffer> {
    return this.#resampler?.flush() ?? new Float32Array(0);
  }

  #create(): Resampler | undefined {
    const rateHz = this.#decoder.sampleRateHz;
    if (rateHz === undefined) return undefined;
    if (rateHz >= MIN_RATE_HZ && rateHz <= MAX_RATE_HZ) return new Resampler(rateHz);
    throw new EarshotError(
      "AUDIO_UNSUPPORTED",
      `${this.#name} has a rate of ${rateHz} Hz; convert it to ${MIN_RATE_HZ} to ${MAX_RATE_HZ} Hz, best to ${SAMPLE_RATE_HZ} Hz.`,
      { place: this.#name },
    );
  }
}
