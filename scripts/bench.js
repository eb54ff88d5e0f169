// npm run bench -- NAME [ARGUMENTS] runs a bench, and without a name lists them. See bench/README.md.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The benches by name; `isBuilt` ones run the built package. */
const BENCHES = {
  intent: { about: "Home Assistant's own tests, typed: accuracy, latency, size of the automaton" },
  "intent-noise": { about: "the same tests with words misheard, left out, merged and split" },
  "intent-misheard": { about: "French sentences that the embedded model transcribed wrongly" },
  "intent-calibration": {
    about: "reliability of the confidence of typed sentences",
  },
  "intent-load": { about: "processor time of loading large templates, cold and cached" },
  "intent-classifier": { about: "learnt intents, beside nlp.js and scikit-learn" },
  speech: { about: "recordings of people → intents, in quiet and noise; memory", isBuilt: true },
  "speech-home": { about: "Home Assistant's test sentences, spoken by held-out voices" },
  vad: { about: "utterances found and false alarms of the endpointing" },
  wake: { about: "wake phrases recognised, and false wakes in hours of other speech" },
  pronunciation: { about: "phone and word errors in pronunciations of unknown words" },
  teardown: {
    about: "nine process ends, beside other libraries; the cost of the registry",
    isBuilt: true,
  },
  live: { about: "latency of a live run at the pace of a microphone", isBuilt: true },
  "live-many": { about: "the same with several people who speak at once" },
  "live-session": { about: "nine minutes of speech, noise, chatter and faults", isBuilt: true },
  start: { about: "cold start of earshot recognize beside node -e 0", isBuilt: true },
};

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const [name, ...args] = process.argv.slice(2);

if (name === undefined || !Object.hasOwn(BENCHES, name)) list(name);
else process.exitCode = bench(name);

function bench(chosen) {
  const built = BENCHES[chosen].isBuilt === true ? run("scripts/build.js", []) : 0;
  return built === 0
    ? run("node_modules/tsx/dist/cli.mjs", [`bench/${chosen}.ts`, ...args])
    : built;
}

function list(unknown) {
  if (unknown !== undefined) {
    console.error(`There is no bench "${unknown}".`);
    process.exitCode = 2;
  }
  const width = Math.max(...Object.keys(BENCHES).map((each) => each.length));
  const lines = Object.entries(BENCHES).map(
    ([each, { about }]) => `  ${each.padEnd(width)}  ${about}`,
  );
  console.log(["npm run bench -- NAME [ARGUMENTS]", ...lines].join("\n"));
}

function run(script, rest) {
  const { status } = spawnSync(process.execPath, [script, ...rest], {
    cwd: ROOT,
    stdio: "inherit",
  });
  return status ?? 1; // by a signal
}
