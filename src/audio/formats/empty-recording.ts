import type { AudioFormat } from "./audio-format.ts";

/** Whether the bytes are a complete, undamaged file of 0 samples. */
export function isEmptyRecording(bytes: Uint8Array, format: AudioFormat): boolean {
  if (format === "flac") return flacMetadataEnd(bytes) === bytes.length;
  if (format === "ogg-opus") return endsWithLastOggPage(bytes, opusPreSkip(bytes));
  return format.startsWith("ogg-") && endsWithLastOggPage(bytes, 0);
}

/**
 * Whether the bytes end with the last page of the stream. A page is a header of 27 bytes, a segment table and the
 * segments; byte 5 holds flags (4: the last page) and byte 6 begins the position in samples (RFC 3533).
 *
 * @param maxSamples the position that the last page may state if there is no audio
 */
function endsWithLastOggPage(bytes: Uint8Array, maxSamples: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 27 <= bytes.length; ) {
    const samples = view.getBigUint64(at + 6, true);
    const isLast = (view.getUint8(at + 5) & 4) !== 0;
    const segments = view.getUint8(at + 26);
    const table = bytes.subarray(at + 27, at + 27 + segments);
    at += 27 + segments + table.reduce((sum, length) => sum + length, 0);
    if (isLast) return at === bytes.length && samples <= maxSamples;
  }
  return false;
}

/** Delay of the encoder, samples, which are counted and not played: bytes 10 and 11 of the first packet (RFC 7845). */
function opusPreSkip(bytes: Uint8Array): number {
  const at = 27 + bytes[26]! + 10;
  return bytes[at]! | (bytes[at + 1]! << 8); // 0 if the file is cut off before them
}

/**
 * End of the metadata, which may lie behind the given bytes; undefined if unknown. A block of metadata is a byte whose
 * top bit marks the last block, 3 bytes of length and the body (RFC 9639, 8).
 */
function flacMetadataEnd(bytes: Uint8Array): number | undefined {
  for (let at = 4; at + 4 <= bytes.length; ) {
    const isLast = (bytes[at]! & 0x80) !== 0;
    at += 4 + ((bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!);
    if (isLast) return at;
  }
  return undefined;
}
