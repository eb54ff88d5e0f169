/** A file's bytes in, in order and cut anywhere; mono samples at the file's own rate out. */
export interface AudioDecoder {
  /** Hz; known once the first samples are out. */
  readonly sampleRateHz: number | undefined;
  decode(bytes: Uint8Array): Float32Array<ArrayBuffer>;
  /** The samples that were held back; ends the input. */
  flush(): Float32Array<ArrayBuffer>;
  /** Gives back the decoder's memory; call it on every way out. */
  free(): void;
}
