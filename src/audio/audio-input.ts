/**
 * A recording: the path of a file, the bytes of one (WAV, FLAC, MP3, Ogg Vorbis / Opus / FLAC, recognised by
 * content), or mono samples as PCM16 or as Float32, nominally −1…1. It is never changed or transferred.
 */
export type AudioInput = string | Uint8Array | Int16Array | Float32Array;

/** A recording, or the bytes of one from a stream such as `process.stdin`. */
export type AudioStreamInput = AudioInput | AsyncIterable<Uint8Array>;

export type ReadAudioOptions = {
  /** Rate of raw samples (Int16Array, Float32Array, `format: "pcm16"`), Hz, 8000…192 000. Files state their own. @default 16000 */
  readonly sampleRateHz?: number;
  /** "pcm16": the bytes are headerless mono little-endian PCM16. "auto": the bytes are a file, whose format its content shows. @default "auto" */
  readonly format?: "auto" | "pcm16";
  /** Ends the reading, which then throws the reason of the signal. */
  readonly signal?: AbortSignal;
};
