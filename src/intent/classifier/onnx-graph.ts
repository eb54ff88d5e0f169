import type { LinearClassifier } from "./linear-classifier.ts";
import { ProtobufWriter } from "./protobuf.ts";
import { wordBuckets } from "./text-features.ts";

/** Enumerations of onnx.proto3 that the graph uses: TensorProto.DataType, then AttributeProto.AttributeType. */
const TYPE = { float: 1, uint8: 2, int8: 3, int64: 7 } as const;
const ATTRIBUTE_INT = 2;
const IR_VERSION = 8;
const OPSET = 13;

type ElementType = keyof typeof TYPE;

/**
 * A classifier as an ONNX graph. Inputs: `buckets` int64 [n] and `counts` float32 [n], damped. Output: `scores` float32
 * [labels]. Weights stay int8 in the file; the graph widens the n rows of a text.
 */
export function toOnnx(classifier: LinearClassifier): Uint8Array {
  const { buckets, labels, frequencies, frequencyScale, weights, scales, biases } = classifier;
  const graph = new ProtobufWriter();
  const node = (
    op: string,
    inputs: string[],
    output: string,
    ints: Record<string, number> = {},
  ): void => {
    graph.message(1, nodeOf(op, inputs, output, ints));
  };
  // Weigh the features by inverse document frequency.
  node("Gather", ["frequencies", "buckets"], "frequencyCodes");
  node("Cast", ["frequencyCodes"], "frequencyUnits", { to: TYPE.float });
  node("Mul", ["frequencyUnits", "frequencyScale"], "frequency");
  node("Mul", ["counts", "frequency"], "raw");
  // Bring words and parts of words to length 1 each.
  node("Less", ["buckets", "wordBuckets"], "isWord");
  node("Cast", ["isWord"], "wordMask", { to: TYPE.float });
  node("Sub", ["one", "wordMask"], "partMask");
  for (const kind of ["word", "part"]) {
    node("Mul", ["raw", `${kind}Mask`], `${kind}s`);
    node("Mul", [`${kind}s`, `${kind}s`], `${kind}Squares`);
    node("ReduceSum", [`${kind}Squares`], `${kind}Sum`, { keepdims: 0 });
    node("Sqrt", [`${kind}Sum`], `${kind}Root`);
    node("Max", [`${kind}Root`, "tiny"], `${kind}Length`);
    node("Div", [`${kind}s`, `${kind}Length`], `${kind}Values`);
  }
  node("Add", ["wordValues", "partValues"], "values");
  // Score the labels.
  node("Gather", ["weights", "buckets"], "rowCodes");
  node("Cast", ["rowCodes"], "rows", { to: TYPE.float });
  node("Unsqueeze", ["values", "lastAxis"], "column");
  node("Mul", ["rows", "column"], "products");
  node("ReduceSum", ["products", "firstAxis"], "sums", { keepdims: 0 });
  node("Mul", ["sums", "scales"], "scaled");
  node("Add", ["scaled", "biases"], "scores");
  graph.text(2, "intents");
  const constant = (
    name: string,
    type: ElementType,
    shape: number[],
    data: ArrayBufferView,
  ): void => {
    graph.message(5, tensorOf(name, type, shape, data));
  };
  constant("frequencies", "uint8", [buckets], frequencies);
  constant("frequencyScale", "float", [], Float32Array.of(frequencyScale));
  constant("wordBuckets", "int64", [], BigInt64Array.of(BigInt(wordBuckets(buckets))));
  constant("one", "float", [], Float32Array.of(1));
  constant("tiny", "float", [], Float32Array.of(1e-9));
  constant("weights", "int8", [buckets, labels.length], weights);
  constant("firstAxis", "int64", [1], BigInt64Array.of(0n));
  constant("lastAxis", "int64", [1], BigInt64Array.of(1n));
  constant("scales", "float", [labels.length], scales);
  constant("biases", "float", [labels.length], biases);
  graph.message(11, valueOf("buckets", "int64", "n"));
  graph.message(11, valueOf("counts", "float", "n"));
  graph.message(12, valueOf("scores", "float", labels.length));
  return new ProtobufWriter()
    .integer(1, IR_VERSION)
    .text(2, "earshot")
    .message(7, graph)
    .message(8, new ProtobufWriter().text(1, "").integer(2, OPSET))
    .finish();
}

function nodeOf(
  op: string,
  inputs: string[],
  output: string,
  ints: Record<string, number>,
): ProtobufWriter {
  const node = new ProtobufWriter();
  for (const input of inputs) node.text(1, input);
  node.text(2, output).text(3, output).text(4, op);
  for (const [name, value] of Object.entries(ints))
    node.message(
      5,
      new ProtobufWriter().text(1, name).integer(3, value).integer(20, ATTRIBUTE_INT),
    );
  return node;
}

function tensorOf(
  name: string,
  type: ElementType,
  shape: number[],
  data: ArrayBufferView,
): ProtobufWriter {
  const tensor = new ProtobufWriter();
  for (const size of shape) tensor.integer(1, size);
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return tensor.integer(2, TYPE[type]).text(8, name).bytes(9, bytes);
}

/** An input or output with one axis: a length, or the name of a dynamic axis. */
function valueOf(name: string, type: ElementType, axis: string | number): ProtobufWriter {
  const size = new ProtobufWriter();
  if (typeof axis === "number") size.integer(1, axis);
  else size.text(2, axis);
  const shape = new ProtobufWriter().message(1, size);
  const tensor = new ProtobufWriter().integer(1, TYPE[type]).message(2, shape);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensor));
}
