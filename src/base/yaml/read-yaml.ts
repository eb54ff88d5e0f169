import { readFileSync } from "node:fs";
import { isMap, isSeq, LineCounter, parseDocument } from "yaml";
import { EarshotError, type EarshotErrorCode } from "../../errors.ts";
import { YamlSource } from "./yaml-source.ts";
import { YamlValue } from "./yaml-value.ts";

/** Bounds the memory of parsing, far above any file that a person writes. */
const MAX_BYTES = 16 * 1024 * 1024;

export type YamlKind = {
  /** Code of every error in such a file. */
  readonly code: EarshotErrorCode;
  /** Message for a file that is neither a map nor a list. */
  readonly expected: string;
  /** Message for an empty file; without it an empty file is an empty map. */
  readonly empty?: string;
};

/**
 * Reads a YAML file of one document: a map or a list.
 * @param name the name of the file in messages
 * @throws EarshotError `code` with the place of the first mistake
 */
export function readYaml(file: string, kind: YamlKind, name: string = file): YamlValue {
  const text = readText(file, kind.code, name);
  const lines = new LineCounter();
  const source = new YamlSource(name, kind.code, lines);
  if (kind.empty !== undefined && !text.trim()) source.fail(kind.empty, 0);
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: "silent",
  });
  const [error] = document.errors;
  if (error?.message.includes("call stack"))
    source.fail("brackets nested too deeply to read", error.pos[0]);
  if (error) source.fail(`not valid YAML: ${error.message}`, error.pos[0]);
  source.document = document;
  const { contents } = document;
  const isEmpty = contents === null && kind.empty === undefined;
  if (!isEmpty && !isMap(contents) && !isSeq(contents)) source.fail(kind.expected, 0);
  return new YamlValue(contents, source);
}

function readText(file: string, code: EarshotErrorCode, name: string): string {
  const fail = (message: string, cause?: unknown): never => {
    throw new EarshotError(code, `${name}: ${message}`, { place: name, cause });
  };
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    return fail("cannot be read: check the path and its permissions", cause);
  }
  if (bytes.length > MAX_BYTES) return fail(`larger than ${MAX_BYTES} bytes: split the file`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    return fail("not UTF-8 text: save the file as UTF-8", cause);
  }
}
