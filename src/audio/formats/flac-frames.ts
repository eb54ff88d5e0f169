import { concatBytes } from "../pcm.ts";

/** 4 bytes, a number of up to 7, up to 2 each of block size and rate, the checksum (RFC 9639, 9.1). */
const MAX_HEADER_BYTES = 16;
/** What may be searched in vain: so much at first, more with each byte. It is about 5 where every frame is damaged. */
const SPARE_BYTES = 1 << 24;
const SPARE_BYTES_PER_BYTE = 32;

/**
 * The bytes of a FLAC file in, in order and cut anywhere; its whole frames out, and nothing else of it (the codec
 * needs no more). A frame ends where its checksum comes out and the next one begins. One that has no end is left out
 * and the search begins anew behind its header. Holds no more than a frame or two and what came last.
 */
export class FlacFrames {
  #held: Uint8Array = new Uint8Array(0);
  /** Up to here the frame that `#held` begins with is searched, and this is its checksum. */
  #at = 0;
  #sum = 0;
  /** Where the checksum came out last, with no frame behind it. */
  #lastZero = 0;
  /**
   * Up to there, the frame that was left out last, if none was found since: the last of the file, and whole where a
   * tag follows. By chance a checksum comes out at one of 65,536 bytes, too: behind the frame's end it does no harm, as
   * the codec stops where the samples do, and before it the codec finds the frame cut off and gives nothing.
   */
  #last: Uint8Array = new Uint8Array(0);
  #spareBytes = SPARE_BYTES;

  push(bytes: Uint8Array): Uint8Array {
    this.#held = concatBytes(this.#held, bytes);
    this.#spareBytes += bytes.length * SPARE_BYTES_PER_BYTE;
    return this.#wholeFrames(false);
  }

  /** What is left, when there is no more. */
  flush(): Uint8Array {
    return concatBytes(this.#wholeFrames(true), this.#last);
  }

  #wholeFrames(isEnd: boolean): Uint8Array {
    const frames: Uint8Array[] = [];
    for (;;) {
      const start = nextHeader(this.#held);
      if (start > 0) this.#take(start);
      const mostBytes = mostFrameBytes(this.#held, 0);
      if (mostBytes === 0) break;
      const searchable = isEnd ? this.#held.length : this.#held.length - MAX_HEADER_BYTES;
      const end = this.#frameEnd(Math.min(searchable, mostBytes));
      if (end > 0) {
        this.#last = new Uint8Array(0);
        frames.push(this.#take(end));
      } else if (isEnd || this.#at >= mostBytes) this.#leaveOut();
      else break;
    }
    return Buffer.concat(frames);
  }

  /** Of the first frame held; 0: not found up to there. */
  #frameEnd(stop: number): number {
    const held = this.#held;
    while (this.#at < stop) {
      this.#sum = (CRC16[(this.#sum >> 8) ^ held[this.#at++]!]! ^ (this.#sum << 8)) & 0xffff;
      if (this.#sum !== 0) continue;
      if (this.#at === held.length || mostFrameBytes(held, this.#at) > 0) return this.#at;
      this.#lastZero = this.#at;
    }
    return 0;
  }

  /** The first frame held. */
  #leaveOut(): void {
    if (this.#lastZero > 0) this.#last = this.#held.slice(0, this.#lastZero);
    this.#spareBytes -= this.#at;
    this.#take(this.#spareBytes > 0 ? 1 : this.#held.length);
  }

  #take(bytes: number): Uint8Array {
    const taken = this.#held.subarray(0, bytes);
    this.#held = this.#held.subarray(bytes);
    this.#at = 0;
    this.#sum = 0;
    this.#lastZero = 0;
    return taken;
  }
}

/** Where the first frame begins; without one, where one may begin of whose header not all is there. */
function nextHeader(bytes: Uint8Array): number {
  let at = bytes.indexOf(0xff);
  while (at >= 0 && mostFrameBytes(bytes, at) === 0) at = bytes.indexOf(0xff, at + 1);
  return at >= 0 ? at : Math.max(0, bytes.length - MAX_HEADER_BYTES);
}

/**
 * What the frame can have at most whose header is at `at`, known by sync code and checksum (RFC 9639, 9.1): samples of
 * 33 bits as plain PCM, and its headers. 0: no header, or not all of one.
 */
function mostFrameBytes(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xfe) !== 0xf8) return 0;
  const [sizes = 0, kinds = 0, number = 0] = bytes.subarray(at + 2, at + 5);
  const sizeAt = at + 4 + Math.max(1, Math.clz32(~(number << 24)));
  const sizeBytes = sizes >> 4 === 6 ? 1 : sizes >> 4 === 7 ? 2 : 0;
  const rate = sizes & 15;
  const rateBytes = rate === 12 ? 1 : rate === 13 || rate === 14 ? 2 : 0;
  const end = sizeAt + sizeBytes + rateBytes + 1;
  const [first = 0, second = 0] = bytes.subarray(sizeAt, sizeAt + 2);
  const samples = blockSamples(sizes >> 4, first, second);
  const isHeader = samples > 0 && end <= bytes.length && crc8(bytes.subarray(at, end)) === 0;
  const channels = kinds >> 4 < 8 ? (kinds >> 4) + 1 : 2;
  return isHeader ? samples * channels * 5 + 1024 : 0;
}

/** By its code and, for codes 6 and 7, the bytes that give it (RFC 9639, 9.1.1); code 0 is no header's. */
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

/** A checksum of so many bits after eight more of zero. */
function shifted(sum: number, bits: number, polynomial: number): number {
  let result = sum;
  for (let i = 0; i < 8; i++) {
    const carry = result >> (bits - 1);
    result = ((result << 1) ^ (carry * polynomial)) & ((1 << bits) - 1);
  }
  return result;
}
