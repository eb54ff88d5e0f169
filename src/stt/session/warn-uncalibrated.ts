import type { ModelCard } from "../../models/model-folder.ts";

const warned = new Set<string>();

/** Emits MODEL_UNCALIBRATED once per model folder and process, if model.json lacks a fitted section. */
export function warnIfUncalibrated(dir: string, { uncalibrated }: ModelCard): void {
  if (uncalibrated.length === 0 || warned.has(dir)) return;
  warned.add(dir);
  const sections = uncalibrated.map((name) => `"${name}"`).join(" and ");
  process.emitWarning(
    `${dir}: model.json has no ${sections}; the embedded model's values are used, which were fitted to another network. Add what docs/model-folder.md describes.`,
    { type: "EarshotWarning", code: "MODEL_UNCALIBRATED" },
  );
}
