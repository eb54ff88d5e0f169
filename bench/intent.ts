// Home Assistant's own tests, understood by its templates: share of intents and slots that are right, time per
// sentence, size and time of building. Run: npm run bench -- intent [--failures] [fr|en]
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LANGUAGES } from "../src/languages/language.ts";
import { DATA, hasHomeAssistantTests, type Layout } from "./intent/home-assistant-tests.ts";
import { measure, type Result } from "./intent/measure.ts";
import { median, percentile } from "./statistics.ts";

const LAYOUTS: readonly Layout[] = ["2025-07", "2026-08"];
const RESULTS = path.resolve(import.meta.dirname, "results");

if (hasHomeAssistantTests()) await main();
else {
  console.error(
    `SKIPPED: Home Assistant's templates and tests are not in ${DATA}; nothing was measured.`,
  );
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const languages = LANGUAGES.filter((language) => args.length === 0 || !onlyOther(args, language));
  console.log(
    `Node ${process.version}; every test of the layout, intent and all slots as its runner judges`,
  );
  console.log(
    "layout   lang tests  right  wrong intent/slots  asked  rejected   p50 ms  p95 ms  templates  load ms  compile ms  states   arcs",
  );
  const results: Result[] = [];
  for (const layout of LAYOUTS)
    for (const language of languages) {
      const result = await measure(layout, language);
      results.push(result);
      console.log(row(result));
      if (args.includes("--failures")) printFailures(result);
    }
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(path.join(RESULTS, "intent.json"), JSON.stringify(results.map(summary), null, 2));
}

/** Whether the arguments name languages without this one. */
function onlyOther(args: readonly string[], language: string): boolean {
  return LANGUAGES.some((other) => args.includes(other)) && !args.includes(language);
}

function row(result: Result): string {
  const s = summary(result);
  const share = `${((100 * s.right) / s.tests).toFixed(1)} %`;
  return [
    result.layout.padEnd(8),
    result.language.padEnd(4),
    String(s.tests).padStart(5),
    share.padStart(8),
    `${s.wrongIntent}/${s.wrongSlots}`.padStart(16),
    String(s.ambiguous).padStart(9),
    String(s.rejected).padStart(9),
    s.p50Ms.toFixed(1).padStart(9),
    s.p95Ms.toFixed(1).padStart(7),
    String(s.templates).padStart(10),
    s.loadMs.toFixed(0).padStart(8),
    s.compileMs.toFixed(0).padStart(11),
    String(s.states).padStart(8),
    String(s.arcs).padStart(7),
  ].join(" ");
}

function summary({ outcomes, tookMs, ...rest }: Result) {
  const count = (verdict: string): number => outcomes.filter((o) => o.verdict === verdict).length;
  return {
    ...rest,
    tests: outcomes.length,
    right: count("right"),
    wrongIntent: count("wrong intent"),
    wrongSlots: count("wrong slots"),
    ambiguous: count("ambiguous"),
    rejected: count("rejected"),
    p50Ms: median(tookMs),
    p95Ms: percentile(tookMs, 0.95),
  };
}

function printFailures({ outcomes }: Result): void {
  for (const { verdict, sentence, intent, slots, answer, place } of outcomes)
    if (verdict !== "right")
      console.log(
        `  ${verdict}: "${sentence}" is ${intent} ${JSON.stringify(slots)}, not ${answer} (${place})`,
      );
}
