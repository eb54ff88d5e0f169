import { types } from "node:util";
import { kindOf } from "../base/kind-of.ts";
import type { AudioInput } from "./audio-input.ts";

/** @throws TypeError for anything but a recording; for a stream the message says how to read one */
export function assertAudio(audio: AudioInput): void {
  if (typeof audio === "string" || types.isUint8Array(audio)) return;
  if (types.isInt16Array(audio) || types.isFloat32Array(audio)) return;
  const advice = isStream(audio)
    ? "; give a stream to streamAudio and its result to ctx.listen"
    : "";
  throw new TypeError(
    `audio must be a path, bytes (Uint8Array) or samples (Int16Array, Float32Array), not ${kindOf(audio)}${advice}`,
  );
}

/** Whether the value is an async iterable, as Node's readable streams are. */
export function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
