import { concatBytes } from "../pcm.ts";

/** 4 bytes, a frame number, a block size, a rate and a checksum; all but the checksum vary in length (RFC 9639, 9.1). */
const MIN_HEADER_BYTES = 6;
const MAX_HEADER_BYTES = 16;
/** Bytes that may be searched in vain before whole buffers are skipped. */
const SEARCH_BUDGET_BYTES = 1 << 24;
/** Growth of that budget with each byte of input; a file of damaged frames only uses about 5. */
const SEARCH_BUDGET_PER_BYTE = 32;

/**
 * Extracts the whole frames from the bytes of a FLAC file; the codec needs nothing else of it. A frame ends where its checksum
 * is right and the next header begins. A frame without an end is skipped, and the search goes on behind its header.
 * Buffers a frame or two and the latest bytes.
 */
export class FlacFrames {
  #buffer: Uint8Array = new Uint8Array(0);
  /** How far the frame at the beginning of `#buffer` is searched. */
  #at = 0;
  /** CRC-16 of the frame up to `#at`. */
  #sum = 0;
  /** The last position at which the checksum was right without a header behind it. */
  #lastZero = 0;
  /**
   * The frame skipped last, up to `#lastZero`, unless a frame was found since. At the end of the file it is the last
   * frame, which is whole if a tag follows it. One byte in 65 536 has a right checksum by chance. Behind the end of the
   * frame that does no harm, because the codec stops after its samples. Before the end the codec finds the frame cut
   * off and returns nothing.
   */
  #skipped: Uint8Array = new Uint8Array(0);
  #budgetBytes = SEARCH_BUDGET_BYTES;

  /** Takes the next bytes. Returns the whole frames that they complete. */
  push(bytes: Uint8Array): Uint8Array {
    this.#buffer = concatBytes(this.#buffer, bytes);
    this.#budgetBytes += bytes.length * SEARCH_BUDGET_PER_BYTE;
    return this.#wholeFrames(false);
  }

  /** Ends the input. Returns the frames that are left. */
  flush(): Uint8Array {
    return concatBytes(this.#wholeFrames(true), this.#skipped);
  }

  #wholeFrames(isEnd: boolean): Uint8Array {
    const frames: Uint8Array[] = [];
    for (;;) {
      const start = nextHeader(this.#buffer);
      if (start > 0) this.#take(start);
      const maxBytes = maxFrameBytes(this.#buffer, 0);
      if (maxBytes === 0) break;
      const searchable = isEnd ? this.#buffer.length : this.#buffer.length - MAX_HEADER_BYTES;
      const end = this.#frameEnd(Math.min(searchable, maxBytes));
      if (end > 0) {
        this.#skipped = new Uint8Array(0);
        frames.push(this.#take(end));
      } else if (isEnd || this.#at >= maxBytes) this.#skipFrame();
      else break;
    }
    return Buffer.concat(frames);
  }

  /** End of the first frame in the buffer; 0 if it is not found before `stop`. */
  #frameEnd(stop: number): number {
    const buffer = this.#buffer;
    while (this.#at < stop) {
      this.#sum = (CRC16[(this.#sum >> 8) ^ buffer[this.#at++]!]! ^ (this.#sum << 8)) & 0xffff;
      if (this.#sum !== 0) continue;
      if (this.#at === buffer.length || maxFrameBytes(buffer, this.#at) > 0) return this.#at;
      this.#lastZero = this.#at;
    }
    return 0;
  }

  /** Skips the first byte of the frame, or the whole buffer once the search budget is used up. */
  #skipFrame(): void {
    if (this.#lastZero > 0) this.#skipped = this.#buffer.slice(0, this.#lastZero);
    this.#budgetBytes -= this.#at;
    this.#take(this.#budgetBytes > 0 ? 1 : this.#buffer.length);
  }

  #take(bytes: number): Uint8Array {
    const taken = this.#buffer.subarray(0, bytes);
    this.#buffer = this.#buffer.subarray(bytes);
    this.#at = 0;
    this.#sum = 0;
    this.#lastZero = 0;
    return taken;
  }
}

/** Position of the first header; without one, the first position at which an incomplete header may begin. */
function nextHeader(bytes: Uint8Array): number {
  let at = bytes.indexOf(0xff);
  while (at >= 0 && maxFrameBytes(bytes, at) === 0) at = bytes.indexOf(0xff, at + 1);
  return at >= 0 ? at : Math.max(0, bytes.length - MAX_HEADER_BYTES);
}

/**
 * Upper bound of the length of the frame whose header is at `at`: its samples as plain PCM of 33 bits, and its headers.
 * 0 if no complete header with sync code and right checksum is there (RFC 9639, 9.1).
 */
function maxFrameBytes(bytes: Uint8Array, at: number): number {
  if (at + MIN_HEADER_BYTES > bytes.length) return 0;
  if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xfe) !== 0xf8) return 0;
  const sizes = bytes[at + 2]!;
  const kinds = bytes[at + 3]!;
  const number = bytes[at + 4]!;
  const sizeAt = at + 4 + Math.max(1, Math.clz32(~(number << 24)));
  const sizeBytes = sizes >> 4 === 6 ? 1 : sizes >> 4 === 7 ? 2 : 0;
  const rate = sizes & 15;
  const rateBytes = rate === 12 ? 1 : rate === 13 || rate === 14 ? 2 : 0;
  const end = sizeAt + sizeBytes + rateBytes + 1;
  if (end > bytes.length) return 0;
  const samples = blockSamples(sizes >> 4, bytes[sizeAt]!, bytes[sizeAt + 1]!);
  if (samples === 0 || crc8(bytes.subarray(at, end)) !== 0) return 0;
  const channels = kinds >> 4 < 8 ? (kinds >> 4) + 1 : 2;
  return samples * channels * 5 + 1024;
}

/** Samples of a block by the code and, for codes 6 and 7, by the two bytes that state them (RFC 9639, 9.1.1); 0 for the invalid code 0. */
function blockSamples(code: number, first: number, second: number): number {
  if (code === 6) return first + 1;
  if (code === 7) return ((first << 8) | second) + 1;
  if (code > 7) return 1 << code;
  return code > 1 ? 144 << code : code * 192;
}

function crc8(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => shifted(sum ^ byte, 8, 0x07), 0);
}

const CRC16 = Uint16Array.from({ length: 256 }, (_, byte) => shifted(byte << 8, 16, 0x8005));

/** Shifts eight zero bits into a checksum of `bits` bits. */
function shifted(sum: number, bits: number, polynomial: number): number {
  let result = sum;
  for (let i = 0; i < 8; i++) {
    const carry = result >> (bits - 1);
    result = ((result << 1) ^ (carry * polynomial)) & ((1 << bits) - 1);
  }
  return result;
}
