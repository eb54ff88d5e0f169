import { types } from "node:util";
import { kindOf } from "../base/kind-of.ts";
import type { AudioInput } from "./audio-input.ts";

/** @throws TypeError for what is no recording; for a stream, which need not end, it says where that goes */
export function assertAudio(audio: AudioInput): void {
  if (typeof audio === "string" || types.isUint8Array(audio)) return;
  if (types.isInt16Array(audio) || types.isFloat32Array(audio)) return;
  const advice = isStream(audio) ? "; give a stream to streamAudio, and that to ctx.listen" : "";
  throw new TypeError(
    `audio must be a path, bytes (Uint8Array) or samples (Int16Array, Float32Array), not ${kindOf(audio)}${advice}`,
  );
}

export function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
