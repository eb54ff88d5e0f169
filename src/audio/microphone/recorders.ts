import { findExecutable } from "../../lifetime/exit/parent-death.ts";
import { EarshotError } from "../../errors.ts";
import { SAMPLE_RATE_HZ } from "../pcm.ts";

/** A program that writes the sound of the microphone to its standard output. */
export type Recorder = {
  readonly name: RecorderName;
  /** The package that contains it on Debian and its derivatives. */
  readonly packageName: string;
  readonly isInstalled: boolean;
};

type RecorderName = "arecord" | "sox" | "rec" | "parecord" | "pw-record";

type Program = {
  readonly packageName: string;
  /** Arguments that make it write headerless mono little-endian PCM16 at 16 kHz. */
  readonly args: (device: string | undefined) => string[];
  /** Environment variable from which it takes the device, if it has no option for it. */
  readonly deviceVariable?: string;
};

const RATE = String(SAMPLE_RATE_HZ);
const ALSA_FORMAT = ["-t", "raw", "-f", "S16_LE", "-c", "1", "-r", RATE];
const PULSE_FORMAT = ["--raw", "--format=s16le", "--channels=1", `--rate=${RATE}`];
const PIPEWIRE_FORMAT = ["--format", "s16", "--channels", "1", "--rate", RATE];
const SOX_ENCODING = ["-e", "signed-integer", "-b", "16", "-L", "-c", "1", "-r", RATE];

/** The known recorders in order of preference. */
const PROGRAMS: Readonly<Record<RecorderName, Program>> = {
  arecord: {
    packageName: "alsa-utils",
    // Without -q: arecord reports on stderr that it records at another rate than the requested one.
    args: (device) => [...(device === undefined ? [] : ["-D", device]), ...ALSA_FORMAT],
  },
  sox: {
    packageName: "sox",
    // sox requests the first format from the device and converts other formats to the second.
    args: () => ["-q", ...SOX_ENCODING, "-d", "-t", "raw", ...SOX_ENCODING, "-"],
    deviceVariable: "AUDIODEV",
  },
  rec: {
    packageName: "sox",
    args: () => ["-q", "-t", "raw", ...SOX_ENCODING, "-"],
    deviceVariable: "AUDIODEV",
  },
  parecord: {
    packageName: "pulseaudio-utils",
    args: (device) => [...PULSE_FORMAT, ...(device === undefined ? [] : [`--device=${device}`])],
  },
  "pw-record": {
    packageName: "pipewire-bin",
    args: (device) => [
      ...(device === undefined ? [] : ["--target", device]),
      ...PIPEWIRE_FORMAT,
      "-",
    ],
  },
};

/** The names of the known recorders in order of preference. */
export const RECORDER_NAMES: readonly RecorderName[] = Object.keys(PROGRAMS).filter(
  (name): name is RecorderName => name in PROGRAMS,
);

/** The known recorders in order of preference, and whether this machine has them. */
export function listRecorders(): Recorder[] {
  return RECORDER_NAMES.map((name) => ({
    name,
    packageName: PROGRAMS[name].packageName,
    isInstalled: findExecutable(name) !== undefined,
  }));
}

export type RecorderCommand = {
  readonly name: RecorderName;
  readonly packageName: string;
  readonly args: readonly string[];
  /** Variables to add to the environment of this process. */
  readonly env: Readonly<Record<string, string>>;
};

/**
 * The command of the wanted recorder, or of the first that is installed.
 *
 * @param device by the name that the recorder uses for it; undefined is the default device
 * @throws EarshotError RECORDER_MISSING; RangeError for an unknown name
 */
export function chooseRecorder(
  wanted: string | undefined,
  device: string | undefined,
): RecorderCommand {
  const all = listRecorders();
  if (wanted !== undefined && !all.some(({ name }) => name === wanted)) {
    throw new RangeError(`recorder must be one of ${RECORDER_NAMES.join(", ")}, not "${wanted}"`);
  }
  const candidates = all.filter(({ name }) => wanted === undefined || name === wanted);
  const chosen = candidates.find(({ isInstalled }) => isInstalled);
  if (chosen === undefined) throw recorderMissing(candidates);
  const { args, deviceVariable } = PROGRAMS[chosen.name];
  const env =
    deviceVariable === undefined || device === undefined ? {} : { [deviceVariable]: device };
  return { name: chosen.name, packageName: chosen.packageName, args: args(device), env };
}

function recorderMissing(candidates: readonly Recorder[]): EarshotError {
  const names = candidates.map(({ name }) => name).join(", ");
  const [first] = candidates;
  return new EarshotError(
    "RECORDER_MISSING",
    `No recorder program is installed (looked for ${names}); install one: apt-get install ${first?.packageName}.`,
  );
}
