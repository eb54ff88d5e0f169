/**
 * French sentences as the embedded model misheard them, read by the templates they came from: none of these has a
 * misspelling. Run:
 *
 *     npm run bench:intent-misheard [-- --failures] [-- --make]
 *
 * --make: hears them anew, with espeak-ng voices that the model was not trained on and with pico, and keeps a hundred
 * in bench/intent/misheard/heard-fr.json; --failures: prints those that were not understood.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { IntentEngine } from "../src/intent/intent-engine.ts";
import { Scope } from "../src/context/scope.ts";
import { isDeepStrictEqual } from "node:util";
import { hearMisheard, type Misheard } from "./intent/misheard/hear-misheard.ts";

const FOLDER = path.join(import.meta.dirname, "intent/misheard");
const TEMPLATES = path.join(FOLDER, "home-fr.yaml");
/** "éteins la lumière du salon" heard as "étant la lumière du salon" has 1 phone of 17 wrong. */
const NEAR = 0.1;
const HEARD = path.join(FOLDER, "heard-fr.json");

if (process.argv.includes("--make")) {
  writeFileSync(HEARD, `${JSON.stringify(await hearMisheard(TEMPLATES), null, 1)}\n`);
}
await measure();

async function measure(): Promise<void> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written above
  const cases = JSON.parse(readFileSync(HEARD, "utf8")) as Misheard[];
  await using scope = new Scope("bench");
  const engine = await IntentEngine.open(scope, { intents: [TEMPLATES], language: "fr" });
  const counts = { understood: 0, "slot wrong": 0, "intent wrong": 0, asked: 0, rejected: 0 };
  let nearUnderstood = 0;
  let near = 0;
  for (const { said, heard, phoneErrors, intent, slots } of cases) {
    const { intent: meant, decision, candidates } = await engine.classify(heard);
    const verdict =
      decision === "reject"
        ? "rejected"
        : decision === "ambiguous"
          ? "asked"
          : meant?.name !== intent
            ? "intent wrong"
            : isDeepStrictEqual(meant.slots, slots)
              ? "understood"
              : "slot wrong";
    counts[verdict]++;
    if (phoneErrors <= NEAR) near++;
    if (phoneErrors <= NEAR && verdict === "understood") nearUnderstood++;
    if (verdict === "understood" || !process.argv.includes("--failures")) continue;
    const [best] = candidates;
    console.log(`${verdict.padEnd(12)} ${phoneErrors} ${said}\n${"".padEnd(12)} ${heard}`);
    console.log(`${"".padEnd(12)} ${best ? JSON.stringify(best) : "nothing near"}`);
  }
  const words = cases.reduce((sum, { wordErrors }) => sum + wordErrors, 0) / cases.length;
  console.log(`${cases.length} misheard sentences, ${words.toFixed(1)} wrong words in each`);
  for (const [verdict, count] of Object.entries(counts)) {
    const share = ((100 * count) / cases.length).toFixed(1);
    console.log(`${verdict.padEnd(13)} ${share.padStart(5)} %`);
  }
  const share = ((100 * nearUnderstood) / near).toFixed(1);
  console.log(`understood of the ${near} with at most one phone in ten misheard: ${share} %`);
}
