// Compiles src and bin into dist. tsc writes files without the executable bit, so the command gets it here, and
// leaves the CommonJS files out that other packages require from us.
import { chmodSync, copyFileSync, readdirSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsc = fileURLToPath(new URL("../node_modules/typescript/bin/tsc", import.meta.url));

rmSync(`${root}dist`, { recursive: true, force: true });
const compiled = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
if (compiled.status !== 0) process.exit(compiled.status ?? 1); // tsc has said why
for (const file of readdirSync(`${root}src`, { recursive: true, encoding: "utf8" })) {
  if (file.endsWith(".cjs")) copyFileSync(`${root}src/${file}`, `${root}dist/src/${file}`);
}
chmodSync(`${root}dist/bin/earshot.js`, 0o755);
