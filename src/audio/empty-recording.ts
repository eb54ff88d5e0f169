import type { AudioFormat } from "./audio-format.ts";

/** Whether the bytes are a whole file that ends as it should and holds no audio: 0 samples, not a damaged file. */
export function isEmptyRecording(bytes: Uint8Array, format: AudioFormat): boolean {
  if (format === "flac") return endsAfterFlacMetadata(bytes);
  return format.startsWith("ogg-") && endsWithLastOggPage(bytes);
}

/** Metadata blocks: a byte whose top bit marks the last one, 3 bytes of length, the body (RFC 9639). */
function endsAfterFlacMetadata(bytes: Uint8Array): boolean {
  for (let at = 4; at + 4 <= bytes.length; ) {
    const [kind = 0, high = 0, middle = 0, low = 0] = bytes.subarray(at, at + 4);
    at += 4 + ((high << 16) | (middle << 8) | low);
    if ((kind & 0x80) !== 0) return at === bytes.length;
  }
  return false;
}

/** Pages: a header of 27 bytes with flags in byte 5 (4: the last page), a segment table, the segments (RFC 3533). */
function endsWithLastOggPage(bytes: Uint8Array): boolean {
  for (let at = 0; at + 27 <= bytes.length; ) {
    const segments = bytes[at + 26] ?? 0;
    const table = bytes.subarray(at + 27, at + 27 + segments);
    const isLast = ((bytes[at + 5] ?? 0) & 4) !== 0;
    at += 27 + segments + table.reduce((sum, length) => sum + length, 0);
    if (isLast) return at === bytes.length;
  }
  return false;
}
