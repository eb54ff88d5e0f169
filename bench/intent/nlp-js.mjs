// What nlp.js makes of the same sentences. Usage: node nlp-js.mjs PACKAGE_FOLDER TRAIN.tsv TEST.tsv [STRANGERS.tsv];
// prints one line of JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [folder, trainFile, testFile, strangersFile] = process.argv.slice(2);
const { NlpManager } = createRequire(path.join(folder, "package.json"))("node-nlp");
const read = (file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.includes("\t"))
    .map((line) => line.split("\t"));
const cpuS = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const manager = new NlpManager({
  languages: ["en"],
  autoSave: false,
  nlu: { log: false, useNoneFeature: false },
});
for (const [intent, text] of read(trainFile)) manager.addDocument("en", text, intent);
const started = cpuS();
await manager.train();
const trained = cpuS();
const ask = async (text) => {
  const { classifications } = await manager.process("en", text);
  return classifications.find(({ intent }) => intent !== "None") ?? { intent: "None", score: 0 };
};
const test = read(testFile);
const scores = [];
let right = 0;
for (const [intent, text] of test) {
  const best = await ask(text);
  scores.push(best.score);
  if (best.intent === intent) right++;
}
const result = {
  accuracy: right / test.length,
  trainCpuS: trained - started,
  cpuMs: (1000 * (cpuS() - trained)) / test.length,
  memoryMb: process.resourceUsage().maxRSS / 1024,
};
if (strangersFile) {
  const least = scores.toSorted((a, b) => a - b)[Math.floor(0.05 * scores.length)];
  const strangers = read(strangersFile);
  let rejected = 0;
  for (const [, text] of strangers) if ((await ask(text)).score < least) rejected++;
  result.strangersRejected = rejected / strangers.length;
}
console.log(JSON.stringify(result));
