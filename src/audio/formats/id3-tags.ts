import { concatBytes } from "../pcm.ts";

const HEADER_BYTES = 10;
/** Flag in byte 5: a copy of the header follows the tag. */
const FOOTER_FLAG = 0x10;

/** Removes any number of ID3v2 tags of any length from the beginning of a file, without buffering them. */
export class Id3Tags {
  #leftBytes = 0;
  #found = false;

  /** Whether the file has begun with a tag. */
  get found(): boolean {
    return this.#found;
  }

  /**
   * Returns `head` and the next bytes of the file without tags. Fewer bytes than a header has are returned unchanged;
   * the caller passes them again, as `head`, with the bytes that follow.
   *
   * @param head what the previous call returned
   */
  push(head: Uint8Array, bytes: Uint8Array): Uint8Array {
    let rest = bytes.subarray(this.#take(bytes.length));
    if (head.length > 0) rest = concatBytes(head, rest);
    for (let tag = tagBytes(rest); tag > 0; tag = tagBytes(rest)) {
      this.#found = true;
      this.#leftBytes = tag;
      rest = rest.subarray(this.#take(rest.length));
    }
    return rest;
  }

  /** Number of the next `bytes` bytes that belong to the current tag. */
  #take(bytes: number): number {
    const taken = Math.min(bytes, this.#leftBytes);
    this.#leftBytes -= taken;
    return taken;
  }
}

/** Length of the tag at the beginning; 0 if there is none. The header ends with the length of the rest, 7 bits a byte. */
function tagBytes(bytes: Uint8Array): number {
  if (bytes.length < HEADER_BYTES) return 0;
  const isTag = bytes[0] === 0x49 && bytes[1] === 0x44 && bytes[2] === 0x33;
  const size = bytes.subarray(6, HEADER_BYTES);
  if (!isTag || size.some((byte) => byte > 0x7f)) return 0;
  const footerBytes = (bytes[5]! & FOOTER_FLAG) === 0 ? 0 : HEADER_BYTES;
  return size.reduce((length, byte) => (length << 7) | byte, 0) + HEADER_BYTES + footerBytes;
}
