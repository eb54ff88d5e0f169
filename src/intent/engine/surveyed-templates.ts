import { statSync } from "node:fs";
import path from "node:path";
import { listTemplateFiles } from "../../grammar/templates/load-templates.ts";
import type { FileSurvey } from "../../lifetime/resources/watched-files.ts";

export type TemplateSources = {
  readonly intents: readonly string[];
  readonly lists?: readonly string[];
};

/** Looks at the files of templates and lists, by size and time of change. */
export function surveyTemplates(sources: TemplateSources): FileSurvey {
  const files = filesOf(sources);
  const folders = new Set(files.map((file) => path.dirname(path.resolve(file))));
  const fingerprint = files
    .map((file) => {
      const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? {};
      return `${file} ${mtimeMs} ${size}`;
    })
    .join("\n");
  return { folders: [...folders], fingerprint };
}

/** Empty while a folder is missing or empty; the reload reports that. */
function filesOf({ intents, lists = [] }: TemplateSources): string[] {
  try {
    return listTemplateFiles(intents, lists);
  } catch {
    return [];
  }
}
