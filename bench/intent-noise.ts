// Home Assistant's own tests of the older layout, spoiled as a bad recogniser spoils them, and sentences of a
// data set that are no commands. Costs and limits were chosen on seed 7; what is reported is another.
// Run: npm run bench -- intent-noise [--failures] [fr|en] [--seed=7]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openSound } from "../src/intent/words/spoken-words.ts";
import { LANGUAGES, type Language } from "../src/languages/language.ts";
import { DATA, hasHomeAssistantTests, homeTestGroups } from "./intent/home-assistant-tests.ts";
import { judge } from "./intent/judge.ts";
import { build, type Match, MODEL } from "./intent/measure.ts";
import { Noise } from "./intent/noise.ts";
import { median, percentile } from "./statistics.ts";

const LEVELS = [0, 0.1, 0.2];
const RESULTS = path.resolve(import.meta.dirname, "results");
const OUT_OF_SCOPE = ["oos_train.tsv", "oos_valid.tsv"].map((name) =>
  path.join(DATA, "nlu/clinc150", name),
);

const args = process.argv.slice(2);
const SEED = Number(args.find((arg) => arg.startsWith("--seed="))?.slice("--seed=".length) ?? 11);
const results: object[] = [];
if (!hasHomeAssistantTests()) {
  console.error(
    `SKIPPED: Home Assistant's templates and tests are not in ${DATA}; nothing was measured.`,
  );
} else {
  console.log(
    "lang noise   tests  intent %  intent+slots %  wrong intent %  asked %  rejected %   p50 cpu ms p95",
  );
  for (const language of LANGUAGES)
    if (!LANGUAGES.some((other) => args.includes(other)) || args.includes(language))
      await measureLanguage(language);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(path.join(RESULTS, "intent-noise.json"), JSON.stringify(results, null, 2));
}

async function measureLanguage(language: Language): Promise<void> {
  const sound = await openSound(MODEL, language);
  const [group] = homeTestGroups("2025-07", language);
  if (!group) return;
  const { match } = build(group, language, sound);
  match(language === "fr" ? "chauffe la matière" : "turn the lamb", {});
  for (const level of LEVELS) {
    const noise = new Noise(language, SEED);
    const counts = { tests: 0, intent: 0, right: 0, wrong: 0, asked: 0, rejected: 0 };
    const tookMs: number[] = [];
    for (const test of group.tests) {
      const heard = noise.spoil(test.sentence, level);
      const begun = cpuMs();
      const answer = match(heard, test.context);
      tookMs.push(cpuMs() - begun);
      counts.tests++;
      if (answer.intent?.name === test.intent) counts.intent++;
      else if (answer.intent) counts.wrong++;
      else if (answer.decision === "ambiguous") counts.asked++;
      else counts.rejected++;
      const verdict = judge(answer, test);
      if (verdict === "right") counts.right++;
      else if (args.includes("--failures"))
        console.log(
          `  ${verdict}: "${test.sentence}" heard "${heard}" → ${JSON.stringify(answer.intent ?? answer.candidates.slice(0, 2))}`,
        );
    }
    report(language, level, counts, tookMs);
  }
  if (language === "en") outOfScope(match);
}

/** Processor time, which does not depend on the load of the machine. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function report(
  language: Language,
  level: number,
  counts: Record<string, number>,
  tookMs: readonly number[],
): void {
  const { tests = 0, intent = 0, right = 0, wrong = 0, asked = 0, rejected = 0 } = counts;
  const percent = (n: number): string => ((100 * n) / tests).toFixed(1);
  const [p50, p95] = [median(tookMs), percentile(tookMs, 0.95)];
  results.push({ language, level, seed: SEED, ...counts, p50Ms: p50, p95Ms: p95 });
  console.log(
    [
      language.padEnd(4),
      `${level * 100} %`.padEnd(5),
      String(tests).padStart(7),
      percent(intent).padStart(9),
      percent(right).padStart(15),
      percent(wrong).padStart(15),
      percent(asked).padStart(8),
      percent(rejected).padStart(11),
      p50.toFixed(1).padStart(8),
      p95.toFixed(1).padStart(8),
    ].join(" "),
  );
}

function outOfScope(match: Match): void {
  const files = OUT_OF_SCOPE.filter((file) => existsSync(file));
  if (files.length === 0) {
    console.error(`SKIPPED: sentences out of scope are not in ${DATA}/nlu/clinc150`);
    return;
  }
  const sentences = files
    .flatMap((file) =>
      readFileSync(file, "utf8")
        .split("\n")
        .map((line) => line.split("\t")[1] ?? ""),
    )
    .filter(Boolean);
  const tookMs: number[] = [];
  let accepted = 0;
  for (const sentence of sentences) {
    const begun = cpuMs();
    const { intent } = match(sentence, {});
    tookMs.push(cpuMs() - begun);
    if (!intent) continue;
    accepted++;
    if (args.includes("--failures"))
      console.log(`  accepted: "${sentence}" → ${JSON.stringify(intent)}`);
  }
  const share = ((100 * accepted) / sentences.length).toFixed(1);
  results.push({ outOfScope: sentences.length, accepted });
  console.log(
    `out of scope: ${accepted} of ${sentences.length} accepted (${share} %); CPU p50 ${median(tookMs).toFixed(1)} ms, p95 ${percentile(tookMs, 0.95).toFixed(1)} ms`,
  );
}
