/** A sine of amplitude 0.5, by default one second long. */
export function tone(hz: number, rateHz: number, seconds = 1): Float32Array<ArrayBuffer> {
  const step = (2 * Math.PI * hz) / rateHz;
  return Float32Array.from({ length: rateHz * seconds }, (_, i) => 0.5 * Math.sin(step * i));
}

/** Mean power in dB: 0 for a constant of 1. */
export function levelDb(samples: Float32Array): number {
  return 10 * Math.log10(samples.reduce((sum, x) => sum + x * x, 0) / samples.length + 1e-20);
}

/** Amplitude of the sine of a frequency in 16 kHz samples, by correlation under a Hann window. */
export function amplitudeAt(samples: Float32Array, hz: number): number {
  let re = 0;
  let im = 0;
  for (const [i, x] of samples.entries()) {
    const windowed = x * (1 - Math.cos((2 * Math.PI * i) / samples.length));
    re += windowed * Math.cos((2 * Math.PI * hz * i) / 16_000);
    im += windowed * Math.sin((2 * Math.PI * hz * i) / 16_000);
  }
  return (2 * Math.hypot(re, im)) / samples.length;
}

/** The bytes of a mono PCM16 WAV file whose header fields can be overridden. */
export function wavBytes(
  samples: Int16Array,
  { rateHz = 16_000, dataBytes = samples.byteLength, tag = 1, bits = 16 } = {},
): Uint8Array {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE((36 + dataBytes) % 2 ** 32, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(tag, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rateHz, 24);
  header.writeUInt32LE(rateHz * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(bits, 34);
  header.write("data", 36);
  header.writeUInt32LE(dataBytes, 40);
  return Buffer.concat([header, bytesOf(samples)]);
}

export function bytesOf(samples: Int16Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
