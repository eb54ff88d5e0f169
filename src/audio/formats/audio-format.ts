/** The supported file formats. */
export type AudioFormat = "wav" | "flac" | "mp3" | "ogg-vorbis" | "ogg-opus" | "ogg-flac";

/** Number of bytes at the start of a file that determine its format; two MP3 frames of the largest size fit. */
export const SNIFF_BYTES = 4096;

/**
 * Recognises the format of a file, or returns undefined.
 *
 * @param head the first SNIFF_BYTES behind the ID3v2 tags, or the whole file if it is shorter
 */
export function sniffFormat(head: Uint8Array): AudioFormat | undefined {
  const tag = ascii(head, 0, 4);
  if ((tag === "RIFF" || tag === "RF64") && ascii(head, 8, 4) === "WAVE") return "wav";
  if (tag === "fLaC") return "flac";
  if (tag === "OggS") return sniffOgg(head);
  if (tag.startsWith("ID3")) return "mp3"; // a damaged tag
  return isMpegAudio(head) ? "mp3" : undefined;
}

/** Reads the codec from the first packet, which follows a page header of 27 bytes and its segment table (RFC 3533). */
function sniffOgg(head: Uint8Array): AudioFormat | undefined {
  if (head.length < 27) return undefined;
  const packet = 27 + head[26]!;
  if (ascii(head, packet + 1, 6) === "vorbis") return "ogg-vorbis";
  if (ascii(head, packet, 8) === "OpusHead") return "ogg-opus";
  if (ascii(head, packet + 1, 4) === "FLAC") return "ogg-flac";
  return undefined;
}

/** Checks for two frames of one version, layer and rate in a row, because random bytes contain single sync words. */
function isMpegAudio(head: Uint8Array): boolean {
  const length = mpegFrameBytes(head, 0);
  if (length === undefined) return false;
  const second = length;
  if (second + 4 > head.length) return head.length < SNIFF_BYTES;
  return (
    mpegFrameBytes(head, second) !== undefined &&
    head[1] === head[second + 1] &&
    (head[2]! & 0x0c) === (head[second + 2]! & 0x0c)
  );
}

/** Bit rates of MPEG 1, kbit/s, by layer and by the index 1…14 of the header (ISO 11172-3). */
const MPEG1_KBPS = [
  [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
] as const;
/** The same for MPEG 2 and 2.5 (ISO 13818-3). */
const MPEG2_KBPS = [
  [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const MPEG1_RATES_HZ = [44_100, 48_000, 32_000] as const;

/** Length in bytes of the MPEG audio frame whose header is at `at`; undefined if there is no header. */
function mpegFrameBytes(bytes: Uint8Array, at: number): number | undefined {
  if (at + 3 > bytes.length) return undefined;
  const second = bytes[at + 1]!;
  const third = bytes[at + 2]!;
  if (bytes[at] !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  const version = (second >> 3) & 3; // 0 is MPEG 2.5, 2 is MPEG 2, 3 is MPEG 1, 1 is reserved
  const layer = 4 - ((second >> 1) & 3); // 1…3; 4 is reserved
  const baseRateHz = MPEG1_RATES_HZ[(third >> 2) & 3];
  if (version === 1 || layer === 4 || baseRateHz === undefined) return undefined;
  const kbps = (version === 3 ? MPEG1_KBPS : MPEG2_KBPS)[layer - 1]?.[(third >> 4) - 1];
  if (kbps === undefined) return undefined;
  const rateHz = version === 3 ? baseRateHz : version === 2 ? baseRateHz / 2 : baseRateHz / 4;
  const padding = (third >> 1) & 1;
  if (layer === 1) return (Math.floor((12_000 * kbps) / rateHz) + padding) * 4;
  const samples = layer === 3 && version !== 3 ? 72_000 : 144_000;
  return Math.floor((samples * kbps) / rateHz) + padding;
}

function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}
