import { readFile } from "node:fs/promises";
import { EarshotError } from "../../errors.ts";

type Header = {
  readonly format: string;
  readonly letters: string;
  /** Phones separated by blanks; "" is silence. */
  readonly tags: readonly string[];
  readonly channels: number;
  readonly firstReach: number;
  readonly dilations: readonly number[];
};

type Layer = { readonly weights: Float32Array; readonly bias: Float32Array };
type Layers = {
  readonly table: Layer;
  readonly convolutions: readonly (Layer & { readonly dilation: number })[];
  readonly output: Layer;
};

const FORMAT = "earshot-g2p 1";
const TAPS = 3;
/** Id of an unknown letter, and of the places before and after a word. */
const NO_LETTER = 0;

/**
 * A small convolutional network that labels every letter of a word with the phones it stands for: a table of
 * letters by offset, residual convolutions over ±1 letter at growing distances, a linear layer. The file and its
 * layout come from training/pronunciation/export.py.
 */
export class G2pNetwork {
  /** Phones that a letter can stand for, separated by blanks; "" is silence. */
  readonly tags: readonly string[];
  readonly #header: Header;
  readonly #letterIds: ReadonlyMap<string, number>;
  readonly #layers: Layers;

  private constructor(header: Header, layers: Layers) {
    this.#header = header;
    this.#layers = layers;
    this.tags = header.tags;
    this.#letterIds = new Map(Array.from(header.letters, (letter, i) => [letter, i + 1]));
  }

  /** @throws EarshotError MODEL_INVALID if the file is missing or of another format */
  static async read(file: string): Promise<G2pNetwork> {
    try {
      const bytes = await readFile(file);
      const headerBytes = bytes.readUInt32LE(0);
      const header: unknown = JSON.parse(bytes.toString("utf8", 4, 4 + headerBytes));
      if (!isHeader(header)) throw new Error(`it is not in the format "${FORMAT}"`);
      return new G2pNetwork(header, readLayers(header, bytes.subarray(4 + headerBytes)));
    } catch (cause) {
      const message = `${file} is not a letter-to-sound model that this version reads; reinstall the model`;
      throw new EarshotError("MODEL_INVALID", message, { cause });
    }
  }

  /** Whether the network knows all letters of a word. */
  knows(word: string): boolean {
    return Array.from(word).every((letter) => this.#letterIds.has(letter));
  }

  /** Log-probabilities, [letters, tags] in one array. An unknown letter counts as none. */
  logProbs(word: string): Float32Array {
    const ids = Array.from(word, (letter) => this.#letterIds.get(letter) ?? NO_LETTER);
    const { channels } = this.#header;
    const { table, convolutions, output } = this.#layers;
    let x = this.#lookUp(ids, table);
    for (const layer of convolutions) x = convolve(x, layer, channels, layer.dilation);
    return classify(x, output, channels);
  }

  #lookUp(ids: readonly number[], { weights, bias }: Layer): Float32Array {
    const { channels, firstReach, letters } = this.#header;
    const rows = Array.from(letters).length + 1;
    const out = new Float32Array(ids.length * channels);
    for (let at = 0; at < ids.length; at++) {
      const target = out.subarray(at * channels, (at + 1) * channels);
      target.set(bias);
      for (let offset = -firstReach; offset <= firstReach; offset++) {
        const row = (offset + firstReach) * rows + (ids[at + offset] ?? NO_LETTER);
        const from = row * channels;
        for (let i = 0; i < channels; i++) target[i] = target[i]! + weights[from + i]!;
      }
      rectify(target);
    }
    return out;
  }
}

function isHeader(value: unknown): value is Header {
  return (
    typeof value === "object" && value !== null && "format" in value && value.format === FORMAT
  );
}

/** x + relu(convolution of x), zeros outside the word. */
function convolve(x: Float32Array, layer: Layer, channels: number, dilation: number): Float32Array {
  const out = new Float32Array(x.length);
  const length = x.length / channels;
  for (let at = 0; at < length; at++) {
    const target = out.subarray(at * channels, (at + 1) * channels);
    target.set(layer.bias);
    for (let tap = 0; tap < TAPS; tap++) {
      const from = at + (tap - 1) * dilation;
      if (from < 0 || from >= length) continue;
      const input = x.subarray(from * channels, (from + 1) * channels);
      addProduct(target, input, layer.weights, tap * channels);
    }
    rectify(target);
  }
  for (let i = 0; i < out.length; i++) out[i] = out[i]! + x[i]!;
  return out;
}

function classify(x: Float32Array, { weights, bias }: Layer, channels: number): Float32Array {
  const length = x.length / channels;
  const out = new Float32Array(length * bias.length);
  for (let at = 0; at < length; at++) {
    const target = out.subarray(at * bias.length, (at + 1) * bias.length);
    target.set(bias);
    addProduct(target, x.subarray(at * channels, (at + 1) * channels), weights, 0);
    normalise(target);
  }
  return out;
}

/**
 * target += input × weights, whose rows begin at `firstRow` and are as wide as the target. Four rows at a time,
 * which reads and writes the target a quarter as often; the length of `input` is a multiple of four.
 */
function addProduct(
  target: Float32Array,
  input: Float32Array,
  weights: Float32Array,
  firstRow: number,
): void {
  const width = target.length;
  for (let channel = 0; channel < input.length; channel += 4) {
    const a = input[channel]!;
    const b = input[channel + 1]!;
    const c = input[channel + 2]!;
    const d = input[channel + 3]!;
    if (a === 0 && b === 0 && c === 0 && d === 0) continue;
    let at = (firstRow + channel) * width;
    for (let i = 0; i < width; i++, at++) {
      target[i] =
        target[i]! +
        a * weights[at]! +
        b * weights[at + width]! +
        c * weights[at + 2 * width]! +
        d * weights[at + 3 * width]!;
    }
  }
}

function rectify(values: Float32Array): void {
  for (let i = 0; i < values.length; i++) if (values[i]! < 0) values[i] = 0;
}

/** Logits to log-probabilities. */
function normalise(logits: Float32Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > highest) highest = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - highest);
  const total = highest + Math.log(sum);
  for (let i = 0; i < logits.length; i++) logits[i] = logits[i]! - total;
}

function readLayers(header: Header, bytes: Buffer): Layers {
  const { channels, dilations, tags, firstReach, letters } = header;
  const shapes = [
    { inputs: (2 * firstReach + 1) * (Array.from(letters).length + 1), outputs: channels },
    ...dilations.map(() => ({ inputs: TAPS * channels, outputs: channels })),
    { inputs: channels, outputs: tags.length },
  ];
  let at = 0;
  const readFloats = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => bytes.readFloatLE(4 * at++));
  const floats = shapes.map(({ outputs }) => ({
    scale: readFloats(outputs),
    bias: readFloats(outputs),
  }));
  at *= 4;
  const expected = at + shapes.reduce((sum, { inputs, outputs }) => sum + inputs * outputs, 0);
  if (bytes.length !== expected) throw new Error(`${bytes.length} bytes, expected ${expected}`);
  const signed = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const layers = floats.map(({ scale, bias }, i) => {
    const weights = new Float32Array((shapes[i]?.inputs ?? 0) * scale.length);
    for (let j = 0; j < weights.length; j++) {
      weights[j] = signed[at++]! * scale[j % scale.length]!;
    }
    return { weights, bias };
  });
  const [table, output] = [layers.at(0), layers.at(-1)];
  if (!table || !output) throw new Error("it has no layers");
  const convolutions = layers
    .slice(1, -1)
    .map((layer, i) => ({ ...layer, dilation: dilations[i] ?? 1 }));
  return { table, convolutions, output };
}
