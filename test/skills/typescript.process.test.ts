import { mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../cli/earshot.ts";
import { skillFolder, SkillsProgram } from "./skills-program.ts";

const TYPED = `
import { onIntent, persisted, say, type HandledCommand, type SkillReply } from "earshot/skills";
import { double } from "./_math.ts";
type Memory = { count: number };
const memory: Memory = persisted<Memory>({ count: 1 });
onIntent<{ by: number }>("Count", ({ slots }: HandledCommand<{ by: number }>): SkillReply => {
  memory.count = double(memory.count) + slots.by;
  return say(String(memory.count));
});
onIntent("Fail", () => {
  throw new Error("typed");
});
`;
const FILES = {
  "typed.ts": TYPED,
  "_math.ts": "export function double(x: number): number { return 2 * x; }",
  "plain.mjs": `import { onIntent } from "earshot/skills"; onIntent("Plain", () => "plain");`,
};
/** Node 22.18 and later run TypeScript by themselves. */
const mayRunTypeScript =
  process.env["EARSHOT_TEST_NODE"] !== undefined ||
  Boolean(Reflect.get(process.features, "typescript"));

function withTsx(folder: string): string {
  mkdirSync(path.join(folder, "node_modules"));
  for (const name of ["tsx", "esbuild", "@esbuild", "get-tsconfig", "resolve-pkg-maps"]) {
    const target = path.join(ROOT, "node_modules", name);
    symlinkSync(target, path.join(folder, "node_modules", name));
  }
  return folder;
}

describe("a skill in TypeScript", () => {
  test("runs, by Node itself or by the tsx that lies beside it, together with JavaScript", async () => {
    const skills = new SkillsProgram(withTsx(skillFolder(FILES)));
    expect(await skills.handle("Count", { by: 3 })).toMatchObject({ replies: [{ text: "5" }] });
    expect(await skills.handle("Plain")).toMatchObject({ replies: [{ text: "plain" }] });
    expect(await skills.handle("Fail")).toMatchObject({
      error: { place: expect.stringMatching(/^typed\.ts:11:\d+$/) },
    });
    expect(await skills.reload()).toMatchObject({ ok: true });
    expect(await skills.finish()).toMatchObject({ code: 0, survivors: [] });
  });

  test.skipIf(mayRunTypeScript)("without tsx is one line that says what to install", async () => {
    const program = new SkillsProgram(skillFolder(FILES));
    const { failed } = await program.line((line) => "failed" in line);
    expect(failed).toMatchObject({
      code: "SKILL_INVALID",
      place: "typed.ts",
      message: expect.stringContaining('"npm install tsx" beside it, use Node ≥ 22.18'),
    });
  });

  test("with a mistake is told with its place", async () => {
    const folder = withTsx(skillFolder({ "typed.ts": "const a: number = 1;\nconst = a;\n" }));
    const { failed } = await new SkillsProgram(folder).line((line) => "failed" in line);
    expect(failed).toMatchObject({
      code: "SKILL_INVALID",
      place: expect.stringMatching(/^typed\.ts(:2)?/),
    });
  });
});
