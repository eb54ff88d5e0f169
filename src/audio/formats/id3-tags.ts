import { concatBytes } from "../pcm.ts";

const HEADER_BYTES = 10;
/** In byte 5: the header stands behind the tag, too. */
const FOOTER_FLAG = 0x10;

/** Takes the ID3v2 tags away that a file begins with, of any length and any number, and holds nothing of them. */
export class Id3Tags {
  #leftBytes = 0;
  #areThere = false;

  /** Whether there were any. */
  get areThere(): boolean {
    return this.#areThere;
  }

  /**
   * `held`, what an earlier call left, and the next bytes of the file, without tags. Less than a header is left as it
   * is: it is to be given again with more.
   */
  push(held: Uint8Array, bytes: Uint8Array): Uint8Array {
    let rest = bytes.subarray(this.#take(bytes.length));
    if (held.length > 0) rest = concatBytes(held, rest);
    for (let tag = tagBytes(rest); tag > 0; tag = tagBytes(rest)) {
      this.#areThere = true;
      this.#leftBytes = tag;
      rest = rest.subarray(this.#take(rest.length));
    }
    return rest;
  }

  /** Of so many bytes, those that belong to the tag. */
  #take(bytes: number): number {
    const taken = Math.min(bytes, this.#leftBytes);
    this.#leftBytes -= taken;
    return taken;
  }
}

/** Of the tag that the bytes begin with; 0: none. Its header ends with the length of the rest, 7 bits a byte. */
function tagBytes(bytes: Uint8Array): number {
  if (bytes.length < HEADER_BYTES) return 0;
  const isTag = bytes[0] === 0x49 && bytes[1] === 0x44 && bytes[2] === 0x33;
  const size = bytes.subarray(6, HEADER_BYTES);
  if (!isTag || size.some((byte) => byte > 0x7f)) return 0;
  const footerBytes = (bytes[5]! & FOOTER_FLAG) === 0 ? 0 : HEADER_BYTES;
  return size.reduce((length, byte) => (length << 7) | byte, 0) + HEADER_BYTES + footerBytes;
}
