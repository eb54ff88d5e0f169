import { EarshotError, type EarshotErrorCode } from "../errors.ts";

/** An error as it crosses a thread. Structured clone would lose its class, `name`, `code` and `place`. */
export type WireError = {
  readonly code: EarshotErrorCode | undefined;
  readonly place: string | undefined;
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause: WireError | undefined;
};

export function toWireError(error: unknown): WireError {
  const { name, message, stack, cause } = error instanceof Error ? error : new Error(String(error));
  const { code, place } = error instanceof EarshotError ? error : {};
  return {
    code,
    place,
    name,
    message,
    stack,
    cause: cause instanceof Error ? toWireError(cause) : undefined,
  };
}

export function fromWireError(wire: WireError): Error {
  const options = wire.cause === undefined ? {} : { cause: fromWireError(wire.cause) };
  const error =
    wire.code === undefined ? plainError(wire, options) : earshotError(wire.code, wire, options);
  if (wire.stack !== undefined) error.stack = wire.stack;
  return error;
}

function earshotError(
  code: EarshotErrorCode,
  wire: WireError,
  options: ErrorOptions,
): EarshotError {
  const place = wire.place === undefined ? {} : { place: wire.place };
  return new EarshotError(code, wire.message, { ...options, ...place });
}

/** Errors that report a caller's mistake. They keep their class, as docs/errors.md promises. */
const MISTAKES: ReadonlyMap<string, ErrorConstructor> = new Map([
  ["TypeError", TypeError],
  ["RangeError", RangeError],
]);

function plainError(wire: WireError, options: ErrorOptions): Error {
  const error = new (MISTAKES.get(wire.name) ?? Error)(wire.message, options);
  if (wire.name !== error.name) {
    Object.defineProperty(error, "name", { value: wire.name, writable: true, configurable: true });
  }
  return error;
}
