import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");
const COPIED = ["src", "bin", "scripts", "demo", "package.json"];
const CONFIGS = ["tsconfig.json", "tsconfig.build.json"];
const LINKED = ["node_modules", "models"];

export type Ended = { readonly code: number | null; readonly output: string };

/** The sources at another place, where they may be edited and built. */
export class CheckoutCopy implements Disposable {
  readonly folder: string = mkdtempSync(path.join(tmpdir(), "earshot-checkout-"));
  readonly #children: ChildProcess[] = [];
  #edits = 0;

  constructor() {
    for (const name of [...COPIED, ...CONFIGS]) {
      cpSync(path.join(ROOT, name), path.join(this.folder, name), { recursive: true });
    }
    for (const name of LINKED) symlinkSync(path.join(ROOT, name), path.join(this.folder, name));
  }

  /** The next build differs from the one before; every build that compiles does. */
  edit(
    text: string = `export const edit${++this.#edits} = ${this.#edits};\n`,
    file: string = "src/cli/package-version.ts",
  ): void {
    appendFileSync(path.join(this.folder, file), text);
  }

  build(): Promise<Ended> {
    return endOf(this.node("scripts/build.js"));
  }

  earshot(...args: readonly string[]): ChildProcess {
    return this.node("dist/bin/earshot.js", ...args);
  }

  node(...args: readonly string[]): ChildProcess {
    const child = spawn(process.execPath, args, { cwd: this.folder, stdio: "pipe" });
    this.#children.push(child);
    return child;
  }

  /** Names of the builds that are there. */
  builds(): string[] {
    const names = readdirSync(path.join(this.folder, "dist/builds"));
    return names.filter((name) => /^[\da-f]{12}$/.test(name));
  }

  [Symbol.dispose](): void {
    for (const child of this.#children) child.kill("SIGKILL"); // those of a test that has failed
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function endOf(child: ChildProcess): Promise<Ended> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const [code] = (await once(child, "close")) as [number | null];
  return { code, output };
}
