import { existsSync } from "node:fs";
import path from "node:path";

/** The folder that holds package.json and models/: the nearest one above, from source and from the build. */
export const PACKAGE_ROOT: string = nearestPackage(import.meta.dirname);

/** The model that comes with the package. */
export const EMBEDDED_MODEL: string = path.join(PACKAGE_ROOT, "models", "embedded");

function nearestPackage(folder: string): string {
  if (existsSync(path.join(folder, "package.json"))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error(`${import.meta.filename} is not in a package`);
  return nearestPackage(parent);
}
