import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder of skills for one test, and a place beside it where they can leave notes. */
export class SkillsFolder implements Disposable {
  readonly root: string = mkdtempSync(path.join(tmpdir(), "run-skills-"));
  readonly folder: string = path.join(this.root, "skills");
  readonly notes: string = path.join(this.root, "notes");

  /** @param skills the text of each module by its name; `note(text)` is there for them */
  constructor(skills: Readonly<Record<string, string>>) {
    mkdirSync(this.folder);
    for (const [name, text] of Object.entries(skills)) this.write(name, text);
  }

  write(name: string, text: string): void {
    const head = `import { appendFileSync } from "node:fs";
const note = (text) => appendFileSync(${JSON.stringify(this.notes)}, text + "\\n");\n`;
    writeFileSync(path.join(this.folder, `${name}.js`), head + text);
  }

  /** What the skills have noted. */
  noted(): string[] {
    try {
      return readFileSync(this.notes, "utf8").trimEnd().split("\n");
    } catch {
      return [];
    }
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true });
  }
}
