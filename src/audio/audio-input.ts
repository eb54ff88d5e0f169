/**
 * Audio as callers have it: the path of a file; the bytes of one (WAV, FLAC, MP3, Ogg Vorbis / Opus / FLAC,
 * told apart by content); mono samples as PCM16 or as Float32, nominally −1…1. Never changed or transferred.
 */
export type AudioInput = string | Uint8Array | Int16Array | Float32Array;

/** Audio that arrives over time: also bytes from a stream such as `process.stdin`. */
export type AudioStreamInput = AudioInput | AsyncIterable<Uint8Array>;

export type ReadAudioOptions = {
  /** Rate of raw samples (Int16Array, Float32Array, `format: "pcm16"`), Hz, 8000…192 000. Files say their own. @default 16000 */
  readonly sampleRateHz?: number;
  /** "pcm16": the bytes are headerless mono little-endian PCM16. "auto": a file format, told by its content. @default "auto" */
  readonly format?: "auto" | "pcm16";
  readonly signal?: AbortSignal;
};
