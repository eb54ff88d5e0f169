import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/**
 * Caches that tools write for later runs, and the telemetry log that onnxruntime 1.30 writes once per process. These
 * are not leaks of the test that runs first.
 */
const CACHES = /^(?:tsx-|node-compile-cache|v8-compile-cache|\.?vitest|\.ses$|mat-debug-\d+\.log$)/;

/**
 * A private folder for the temporary files of this thread and of the programs it starts. Whatever is in it after a
 * test belongs to that test. `os.tmpdir()` reads the environment on every call.
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

  /** Names of the files and folders in it. A folder counts as one, whatever it contains. */
  list(): readonly string[] {
    mkdirSync(this.folder, { recursive: true }); // a test may have removed the folder
    return readdirSync(this.folder).filter((name) => !CACHES.test(name));
  }

  remove(name: string): void {
    rmSync(path.join(this.folder, name), { recursive: true, force: true });
  }

  /** Restores the environment and removes the folder. */
  [Symbol.dispose](): void {
    for (const [name, value] of Object.entries(this.#before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
