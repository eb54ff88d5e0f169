import { existsSync } from "node:fs";
import path from "node:path";

/** The folder with package.json and models/: the nearest one above this file, in the source and in the build. */
export const PACKAGE_ROOT: string = nearestPackage(import.meta.dirname);

/** The folder of the model that ships with the package. */
export const EMBEDDED_MODEL: string = path.join(PACKAGE_ROOT, "models", "embedded");

function nearestPackage(folder: string): string {
  if (existsSync(path.join(folder, "package.json"))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder)
    throw new Error(`No package.json lies above ${import.meta.filename}; reinstall the package`);
  return nearestPackage(parent);
}
