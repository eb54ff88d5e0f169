import { open } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { EarshotError } from "../../errors.ts";

/** Keeps the event loop free while one piece is decoded: 16 kB of Opus can hold 8 s of speech. */
const PIECE_BYTES = 16_384;

/**
 * Reads a file in pieces and closes it whatever happens.
 *
 * @throws EarshotError AUDIO_NOT_FOUND if there is no such file, it is a folder or it is not readable;
 *   AUDIO_UNSUPPORTED if it is a pipe or a device
 */
export async function* readFileBytes(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path).catch((error: unknown) => {
    throw notFound(path, error);
  });
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) throw notFound(path, { code: "EISDIR" });
    if (!stats.isFile()) {
      throw new EarshotError(
        "AUDIO_UNSUPPORTED",
        `${path} is a pipe or a device; pass its stream instead of its name.`,
        { place: path },
      );
    }
    for (;;) {
      const piece = new Uint8Array(PIECE_BYTES);
      const { bytesRead, buffer } = await file.read({ buffer: piece }).catch((error: unknown) => {
        throw notFound(path, error);
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Yields bytes in pieces and gives the event loop a turn between them. */
export async function* readMemoryBytes(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    if (at > 0) await nextTurn();
    yield bytes.subarray(at, at + PIECE_BYTES);
  }
}

const REASONS: Record<string, string> = {
  ENOENT: "does not exist; check the path",
  EISDIR: "is a folder; name a file in it",
  EACCES: "is not readable; check its permissions",
  EPERM: "is not readable; check its permissions",
};

function notFound(path: string, error: unknown): EarshotError {
  const code = error instanceof Object && "code" in error ? String(error.code) : "";
  const reason = REASONS[code] ?? `cannot be read (${code || String(error)})`;
  return new EarshotError("AUDIO_NOT_FOUND", `${path} ${reason}.`, { cause: error, place: path });
}
