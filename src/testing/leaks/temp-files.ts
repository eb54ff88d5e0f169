import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * What tools put there for the next time, and the telemetry of onnxruntime 1.30 once per process: no leaks
 * of the test that happened to be the first.
 */
const CACHES = /^(?:tsx-|node-compile-cache|v8-compile-cache|\.?vitest|\.ses$|mat-debug-\d+\.log$)/;

/**
 * The folder for temporary files of this thread and of what it starts, ours alone: whatever is in it after
 * a test is that test's. `os.tmpdir()` reads the environment each time.
 */
export class TempFiles implements Disposable {
  readonly folder: string;
  readonly #before: Readonly<Record<string, string | undefined>>;

  constructor() {
    const names = process.platform === "win32" ? ["TEMP", "TMP"] : ["TMPDIR"];
    this.#before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
    this.folder = mkdtempSync(path.join(tmpdir(), "earshot-tests-"));
    for (const name of names) process.env[name] = this.folder;
  }

  /** Names of what is there now, folders with everything in them as one. */
  list(): readonly string[] {
    mkdirSync(this.folder, { recursive: true }); // a test may have been too thorough
    return readdirSync(this.folder).filter((name) => !CACHES.test(name));
  }

  remove(name: string): void {
    rmSync(path.join(this.folder, name), { recursive: true, force: true });
  }

  /** Also gives the environment back. */
  [Symbol.dispose](): void {
    for (const [name, value] of Object.entries(this.#before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
