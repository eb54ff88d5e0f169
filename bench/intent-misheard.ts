/**
 * French sentences as the embedded model misheard them, read by the templates they came from: none of these has a
 * misspelling. Run:
 *
 *     npm run bench -- intent-misheard [--failures] [--make]
 *
 * --make: hears them anew, with espeak-ng voices that the model was not trained on and with pico, and keeps them in
 * bench/intent/misheard; --failures: prints those that were not understood.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Scope } from "../src/lifetime/scope.ts";
import type { Understanding } from "../src/grammar/understanding.ts";
import { IntentEngine } from "../src/intent/engine/intent-engine.ts";
import { ALIKE, hearMisheard, type Misheard } from "./intent/misheard/hear-misheard.ts";

const FOLDER = path.join(import.meta.dirname, "intent/misheard");
const TEMPLATES = path.join(FOLDER, "home-fr.yaml");
const LISTS = [
  { name: "a hundred as they came", file: "heard-fr.json", sentences: 150, isEachOnce: false },
  { name: "each mishearing once", file: "heard-once-fr.json", sentences: 240, isEachOnce: true },
];
const VERDICTS = ["understood", "slot wrong", "intent wrong", "asked", "rejected"] as const;

for (const { name, file, ...options } of LISTS) {
  const target = path.join(FOLDER, file);
  if (process.argv.includes("--make")) {
    writeFileSync(target, `${JSON.stringify(await hearMisheard(TEMPLATES, options), null, 2)}\n`);
  }
  console.log(`\n${name}`);
  await measure(target);
}

async function measure(file: string): Promise<void> {
  const cases = JSON.parse(readFileSync(file, "utf8")) as Misheard[];
  await using scope = new Scope("bench");
  const engine = await IntentEngine.open(scope, { intents: [TEMPLATES], language: "fr" });
  console.log(
    `phone errors   misheard  wrong words ${VERDICTS.map((v) => v.padStart(13)).join("")}`,
  );
  for (const [name, isIn] of [
    [`up to ${ALIKE}`, (errors: number) => errors <= ALIKE],
    ["more", (errors: number) => errors > ALIKE],
  ] as const) {
    const group = cases.filter(({ phoneErrors }) => isIn(phoneErrors));
    const verdicts: string[] = [];
    for (const misheard of group)
      verdicts.push(judge(misheard, await engine.classify(misheard.heard)));
    const shares = VERDICTS.map((verdict) => {
      const share = verdicts.filter((each) => each === verdict).length / group.length;
      return `${(100 * share).toFixed(1)} %`.padStart(13);
    });
    const words = group.reduce((sum, { wordErrors }) => sum + wordErrors, 0) / group.length;
    const head = [name.padEnd(14), String(group.length).padStart(8), words.toFixed(1).padStart(12)];
    console.log(`${head.join(" ")} ${shares.join("")}`);
  }
}

function judge(
  { said, heard, phoneErrors, intent, slots }: Misheard,
  { intent: meant, decision, candidates }: Understanding,
): (typeof VERDICTS)[number] {
  if (meant?.name === intent && isDeepStrictEqual(meant.slots, slots)) return "understood";
  const verdict =
    decision === "reject"
      ? "rejected"
      : decision === "ambiguous"
        ? "asked"
        : meant?.name === intent
          ? "slot wrong"
          : "intent wrong";
  if (process.argv.includes("--failures")) {
    const best = candidates[0] === undefined ? "nothing near" : JSON.stringify(candidates[0]);
    console.log(`${verdict}, ${phoneErrors}: ${said}\n  heard: ${heard}\n  nearest: ${best}`);
  }
  return verdict;
}
