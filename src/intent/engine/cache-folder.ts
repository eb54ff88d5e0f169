import { homedir } from "node:os";
import path from "node:path";

/** The folder in the user's cache folder where compiled templates are kept. Removing it costs time only. */
export function defaultCacheDir(env: NodeJS.ProcessEnv = process.env): string {
  const home = homedir();
  const base =
    process.platform === "win32"
      ? (env["LOCALAPPDATA"] ?? path.join(home, "AppData", "Local"))
      : process.platform === "darwin"
        ? path.join(home, "Library", "Caches")
        : (env["XDG_CACHE_HOME"] ?? path.join(home, ".cache"));
  return path.join(base, "earshot", "intents");
}
