import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

/** Installs the libraries to compare with beside the bench on its first run; nothing else needs them. */
export function installPeers(): void {
  if (existsSync(path.join(import.meta.dirname, "node_modules/effect"))) return;
  console.log("installing the libraries to compare with, once");
  const flags = ["--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
  execFileSync("npm", ["install", ...flags], { cwd: import.meta.dirname, stdio: "inherit" });
}
