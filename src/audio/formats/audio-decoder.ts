/** Decodes the bytes of a file, in pieces cut anywhere, to mono samples at the rate of the file. */
export interface AudioDecoder {
  /** Rate of the file, Hz. Undefined until the first samples are decoded. */
  readonly sampleRateHz: number | undefined;
  /** Decodes the next bytes. Returns the samples they complete. */
  decode(bytes: Uint8Array): Float32Array<ArrayBuffer>;
  /** Ends the input. Returns the samples still buffered. */
  flush(): Float32Array<ArrayBuffer>;
  /** Frees the memory of the decoder. The caller must call it whatever happens. */
  free(): void;
}
