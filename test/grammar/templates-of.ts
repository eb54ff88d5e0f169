import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Automaton } from "../../src/grammar/automaton.ts";
import { compileAutomaton } from "../../src/grammar/compile/compile-automaton.ts";
import { loadTemplates } from "../../src/grammar/templates/load-templates.ts";
import type { Templates } from "../../src/grammar/templates/templates.ts";
import type { Language } from "../../src/languages/language.ts";

/** A folder with these files, gone when the test ends. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "earshot-templates-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files))
    writeFileSync(path.join(folder, name), content);
  return folder;
}

export type Extra = { readonly language?: Language; readonly lists?: string };

/** Templates of one YAML text, and of run-time lists in another. */
export function templatesOf(yaml: string, { language = "en", lists }: Extra = {}): Templates {
  const folder = folderWith({ "intents.yaml": yaml, ...(lists && { "lists.yaml": lists }) });
  return loadTemplates([path.join(folder, "intents.yaml")], {
    language,
    lists: lists ? [path.join(folder, "lists.yaml")] : [],
  });
}

/** The automaton of sentences of one intent `I`, with lists and rules as YAML below `lists:` and so on. */
export function automatonOf(sentences: readonly string[], rest = "", extra: Extra = {}): Automaton {
  const yaml = `intents:\n  I:\n    data:\n      - sentences: ${JSON.stringify(sentences)}\n${rest}`;
  return compileAutomaton(templatesOf(yaml, extra));
}
