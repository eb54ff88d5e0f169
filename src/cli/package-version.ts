import { readFileSync } from "node:fs";
import { packageRoot } from "./package-root.ts";

export function packageVersion(): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL("package.json", packageRoot()), "utf8"),
  );
  const hasVersion = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return hasVersion ? String(manifest.version) : "unknown";
}
