/** The array, or a copy at least twice as long if it is shorter than `length`. */
export function grown(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer>;
export function grown(array: Float32Array<ArrayBuffer>, length: number): Float32Array<ArrayBuffer>;
export function grown(array: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer>;
export function grown(
  array: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>,
  length: number,
): Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> {
  if (length <= array.length) return array;
  const larger = emptyLike(array, Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
}

function emptyLike(
  array: Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>,
  length: number,
): Int32Array<ArrayBuffer> | Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> {
  if (array instanceof Int32Array) return new Int32Array(length);
  return array instanceof Float32Array ? new Float32Array(length) : new Uint8Array(length);
}
