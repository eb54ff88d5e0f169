import { findExecutable } from "../../lifetime/exit/parent-death.ts";
import type { Scope } from "../../lifetime/scope.ts";
import { EarshotError } from "../../errors.ts";
import { listRecorders } from "../../audio/microphone/recorders.ts";
import { findModel, openModelFolder } from "../../models/model-folder.ts";
import { SpeechToText } from "../../stt/speech-to-text.ts";
import type { Settings } from "../settings/settings.ts";

export type CheckResult = {
  readonly name: string;
  /** `missing`: Earshot does not work; `warning`: a part of it does not. */
  readonly state: "ok" | "warning" | "missing";
  readonly found: string;
  /** The remedy. */
  readonly advice?: string;
};

type Check = (scope: Scope) => Promise<CheckResult> | CheckResult;

const OLDEST_NODE = [20, 19] as const;
const ONE_SECOND_OF_SILENCE = 16_000;

export function doctorChecks(settings: Settings): readonly Check[] {
  return [
    checkNode,
    checkThreads,
    (scope) => checkSpeech(scope, settings),
    checkParentDeath,
    () => checkRecorder(settings.recorder),
  ];
}

function checkNode(): CheckResult {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isOld = major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]);
  return {
    name: "Node.js",
    state: isOld ? "missing" : "ok",
    found: process.version,
    ...(isOld ? { advice: `Install Node.js ${OLDEST_NODE.join(".")} or later` } : {}),
  };
}

/** The gate that keeps native code from being torn out needs shared memory and Atomics.wait. */
function checkThreads(): CheckResult {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0);
    return { name: "isolation by worker threads", state: "ok", found: "shared memory and Atomics" };
  } catch (error) {
    return {
      name: "isolation by worker threads",
      state: "missing",
      found: String(error),
      advice: "Run Node.js without flags that take SharedArrayBuffer or Atomics.wait away",
    };
  }
}

/** Loads onnxruntime and the model in a worker and runs them once: the real thing, not its files. */
async function checkSpeech(scope: Scope, { model, language }: Settings): Promise<CheckResult> {
  const name = "onnxruntime and speech model";
  try {
    await using trial = scope.fork("doctor");
    const { languages } = (await openModelFolder(findModel(model))).card;
    const trialLanguage = languages.includes(language) ? language : (languages[0] ?? language);
    const stt = await SpeechToText.open(trial, { model, language: trialLanguage });
    const startedMs = performance.now();
    await stt.transcribe(new Float32Array(ONE_SECOND_OF_SILENCE), { signal: scope.signal });
    const tookMs = Math.round(performance.now() - startedMs);
    return { name, state: "ok", found: `"${model}" runs (1 s of audio in ${tookMs} ms)` };
  } catch (error) {
    if (!(error instanceof EarshotError)) throw error;
    const advice = "Install again with ONNXRUNTIME_NODE_INSTALL=skip npm install, or check --model";
    return { name, state: "missing", found: error.message, advice };
  }
}

function checkParentDeath(): CheckResult {
  const name = "recorder dies with us";
  if (process.platform !== "linux" || findExecutable("setpriv") !== undefined) {
    return { name, state: "ok", found: "by setpriv or by the end of its standard input" };
  }
  const advice = "apt-get install util-linux makes it immediate";
  return { name, state: "warning", found: "setpriv is not installed", advice };
}

function checkRecorder(wanted: string | undefined): CheckResult {
  const name = "recorder for the microphone";
  const installed = listRecorders().filter(({ isInstalled }) => isInstalled);
  const usable = wanted === undefined ? installed : installed.filter((r) => r.name === wanted);
  if (usable.length > 0) {
    return { name, state: "ok", found: usable.map((recorder) => recorder.name).join(", ") };
  }
  const advice = "apt-get install alsa-utils (arecord), or sox; recordings work without one";
  return { name, state: "warning", found: "none installed", advice };
}
