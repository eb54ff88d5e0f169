import type { AudioFormat } from "./audio-format.ts";

/** Whether the bytes are a whole file that ends as it should and holds no audio: 0 samples, not a damaged file. */
export function isEmptyRecording(bytes: Uint8Array, format: AudioFormat): boolean {
  if (format === "flac") return flacMetadataEnd(bytes) === bytes.length;
  if (format === "ogg-opus") return endsWithLastOggPage(bytes, opusPreSkip(bytes));
  return format.startsWith("ogg-") && endsWithLastOggPage(bytes, 0);
}

/**
 * Pages: a header of 27 bytes with flags in byte 5 (4: the last page) and the samples until its end from byte 6, a
 * segment table, the segments (RFC 3533). `mostSamples`: what the last page may claim without there being audio.
 */
function endsWithLastOggPage(bytes: Uint8Array, mostSamples: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 27 <= bytes.length; ) {
    const samples = view.getBigUint64(at + 6, true);
    const isLast = (view.getUint8(at + 5) & 4) !== 0;
    const segments = view.getUint8(at + 26);
    const table = bytes.subarray(at + 27, at + 27 + segments);
    at += 27 + segments + table.reduce((sum, length) => sum + length, 0);
    if (isLast) return at === bytes.length && samples <= mostSamples;
  }
  return false;
}

/** Samples of the encoder's delay, which count and are not played: bytes 10 and 11 of the first packet (RFC 7845). */
function opusPreSkip(bytes: Uint8Array): number {
  const at = 27 + (bytes[26] ?? 0) + 10;
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

/**
 * Where the metadata end, perhaps behind the bytes that are there; undefined: not known. They are blocks: a byte whose
 * top bit marks the last one, 3 bytes of length, the body (RFC 9639, 8).
 */
function flacMetadataEnd(bytes: Uint8Array): number | undefined {
  for (let at = 4; at + 4 <= bytes.length; ) {
    const [kind = 0, high = 0, middle = 0, low = 0] = bytes.subarray(at, at + 4);
    at += 4 + ((high << 16) | (middle << 8) | low);
    if ((kind & 0x80) !== 0) return at;
  }
  return undefined;
}
