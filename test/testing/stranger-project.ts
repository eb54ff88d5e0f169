import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { processesMarked } from "../helpers/process-table.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const CASES = path.join(import.meta.dirname, "stranger");
const PACKED = ["package.json", "models", "demo", "README.md", "LICENSE"];
/** Linked from this checkout, because installing them would take minutes. */
const LINKED = ["vitest"];

export type VitestRun = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** stdout and stderr, interleaved. */
  readonly output: string;
  /** Programs that it started and that outlived it. */
  readonly survivors: readonly string[];
};

/** A project outside this one with the packed package installed. */
export class StrangerProject implements Disposable {
  readonly #folder: string = mkdtempSync(path.join(tmpdir(), "earshot-stranger-"));

  constructor() {
    const draft = path.join(this.#folder, "draft");
    compile(path.join(draft, "dist"));
    for (const name of PACKED) {
      cpSync(path.join(ROOT, name), path.join(draft, name), { recursive: true });
    }
    const tarball = run(
      "npm",
      ["pack", "--ignore-scripts", "--silent", draft],
      this.#folder,
    ).trim();
    cpSync(CASES, this.#folder, { recursive: true });
    const flags = ["--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock"];
    run("npm", ["install", ...flags, path.join(this.#folder, tarball)], this.#folder);
    for (const name of LINKED) {
      symlinkSync(
        path.join(ROOT, "node_modules", name),
        path.join(this.#folder, "node_modules", name),
      );
    }
  }

  /** Runs vitest on the file `file`.case.js of the project. */
  async vitest(file: string, args: readonly string[]): Promise<VitestRun> {
    const mark = randomUUID();
    const { VITEST: _, VITEST_POOL_ID: __, VITEST_WORKER_ID: ___, ...inherited } = process.env;
    const env = { ...inherited, NO_COLOR: "1", EARSHOT_TEST_MARK: mark };
    const node = process.env["EARSHOT_TEST_NODE"] ?? process.execPath;
    const script = path.join(this.#folder, "node_modules/vitest/vitest.mjs");
    const child = spawn(node, [script, "run", `${file}.case.js`, ...args], {
      cwd: this.#folder,
      env,
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve) => {
      child.once("exit", (...status) => resolve(status));
    });
    const left = processesMarked("EARSHOT_TEST_MARK", mark);
    for (const { pid } of left) process.kill(pid, "SIGKILL");
    return { code, signal, output, survivors: left.map(({ command }) => command) };
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function compile(outDir: string): void {
  const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");
  run(process.execPath, [tsc, "-p", "tsconfig.build.json", "--noCheck", "--outDir", outDir], ROOT);
  // tsc does not copy the CommonJS files that other packages require from us.
  for (const file of readdirSync(path.join(ROOT, "src"), { recursive: true, encoding: "utf8" })) {
    if (file.endsWith(".cjs")) {
      copyFileSync(path.join(ROOT, "src", file), path.join(outDir, "src", file));
    }
  }
}

function run(command: string, args: readonly string[], cwd: string): string {
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" };
  return execFileSync(command, args, {
    cwd,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}
