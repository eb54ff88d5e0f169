import { concatBytes } from "./pcm.ts";

/** 4 bytes, a number of up to 7, up to 2 each of block size and rate, the checksum (RFC 9639, 9.1). */
const MAX_HEADER_BYTES = 16;
/** A frame that is longer than this and than any of its file can be has no end. */
const MIN_SEARCH_BYTES = 1 << 16;

/**
 * The bytes of a FLAC file in, in order and cut anywhere; the same without damaged frames out, in whole frames. A
 * frame ends where its checksum comes out and the next one begins. One that has no end is left out and the search
 * begins anew behind its header. Holds no more than the metadata, or one frame and what came last.
 */
export class FlacFrames {
  #held: Uint8Array = new Uint8Array(0);
  /** Up to here the frame that `#held` begins with is searched, and this is its checksum. */
  #at = 0;
  #sum = 0;
  #hasMetadata = false;
  /** Of a frame. */
  #mostBytes = MIN_SEARCH_BYTES;

  push(bytes: Uint8Array): Uint8Array {
    this.#held = concatBytes(this.#held, bytes);
    if (this.#hasMetadata) return this.#wholeFrames(false);
    const end = flacMetadataEnd(this.#held);
    if (end === undefined || end > this.#held.length) return new Uint8Array(0);
    this.#hasMetadata = true;
    this.#mostBytes = Math.max(this.#mostBytes, mostFrameBytes(this.#held));
    return concatBytes(this.#take(end), this.#wholeFrames(false));
  }

  /** What is left, when there is no more. */
  flush(): Uint8Array {
    return this.#hasMetadata ? this.#wholeFrames(true) : this.#held;
  }

  #wholeFrames(isEnd: boolean): Uint8Array {
    const frames: Uint8Array[] = [];
    while (this.#held.length > 0) {
      const end = this.#frameEnd(isEnd);
      if (end > 0) frames.push(this.#take(end));
      else if (isEnd || this.#at > this.#mostBytes) this.#take(nextHeader(this.#held));
      else break;
    }
    return Buffer.concat(frames);
  }

  /** Of the first frame held; 0: not found. */
  #frameEnd(isEnd: boolean): number {
    const held = this.#held;
    const stop = isEnd ? held.length : held.length - MAX_HEADER_BYTES;
    for (; this.#at < stop; this.#at++) {
      if (this.#sum === 0 && this.#at > 0 && isFrameHeader(held, this.#at)) return this.#at;
      this.#sum = (CRC16[(this.#sum >> 8) ^ held[this.#at]!]! ^ (this.#sum << 8)) & 0xffff;
    }
    return isEnd && this.#sum === 0 ? held.length : 0;
  }

  #take(bytes: number): Uint8Array {
    const taken = this.#held.subarray(0, bytes);
    this.#held = this.#held.subarray(bytes);
    this.#at = 0;
    this.#sum = 0;
    return taken;
  }
}

/**
 * Where the metadata end, perhaps behind the bytes that are there; undefined: not known yet. They are blocks: a byte
 * whose top bit marks the last one, 3 bytes of length, the body (RFC 9639, 8).
 */
export function flacMetadataEnd(bytes: Uint8Array): number | undefined {
  for (let at = 4; at + 4 <= bytes.length; ) {
    const [kind = 0, high = 0, middle = 0, low = 0] = bytes.subarray(at, at + 4);
    at += 4 + ((high << 16) | (middle << 8) | low);
    if ((kind & 0x80) !== 0) return at;
  }
  return undefined;
}

/** By the first metadata block: the samples of the largest frame as plain PCM, and its headers (RFC 9639, 8.2). */
function mostFrameBytes(metadata: Uint8Array): number {
  const [high = 0, low = 0] = metadata.subarray(10, 12);
  const [first = 0, second = 0] = metadata.subarray(20, 22);
  const channels = ((first >> 1) & 7) + 1;
  const bits = (((first & 1) << 4) | (second >> 4)) + 1;
  return ((high << 8) | low) * channels * Math.ceil((bits + 1) / 8) + 1024;
}

/** Where the next frame may begin, behind the first byte: at a header, or at the last bytes, which may be part of one. */
function nextHeader(bytes: Uint8Array): number {
  const last = Math.max(1, bytes.length - MAX_HEADER_BYTES);
  for (let at = 1; at < last; at++) if (isFrameHeader(bytes, at)) return at;
  return last;
}

/** Whether all of a frame header is at `at`, by its sync code and checksum (RFC 9639, 9.1). */
function isFrameHeader(bytes: Uint8Array, at: number): boolean {
  const [sync = 0, second = 0, sizes = 0, , number = 0] = bytes.subarray(at, at + 5);
  if (sync !== 0xff || (second & 0xfe) !== 0xf8) return false;
  const numberBytes = Math.max(1, Math.clz32(~(number << 24)));
  const blockSize = sizes >> 4;
  const rate = sizes & 15;
  const blockSizeBytes = blockSize === 6 ? 1 : blockSize === 7 ? 2 : 0;
  const rateBytes = rate === 12 ? 1 : rate === 13 || rate === 14 ? 2 : 0;
  const end = at + 4 + numberBytes + blockSizeBytes + rateBytes + 1;
  return end <= bytes.length && crc8(bytes.subarray(at, end)) === 0;
}

function crc8(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => shifted(sum ^ byte, 8, 0x07), 0);
}

const CRC16 = Uint16Array.from({ length: 256 }, (_, byte) => shifted(byte << 8, 16, 0x8005));

/** A checksum of so many bits after eight more of zero. */
function shifted(sum: number, bits: number, polynomial: number): number {
  let result = sum;
  for (let i = 0; i < 8; i++) {
    const carry = result >> (bits - 1);
    result = ((result << 1) ^ (carry * polynomial)) & ((1 << bits) - 1);
  }
  return result;
}
