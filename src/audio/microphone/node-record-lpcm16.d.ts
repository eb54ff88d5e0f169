/** The part of node-record-lpcm16 1.0.1 that is used here; the package has no types. */
declare module "node-record-lpcm16" {
  import type { ChildProcess } from "node:child_process";
  import type { Readable } from "node:stream";

  type RecordOptions = {
    /** Absolute path of a CommonJS module that is given these options and returns what to spawn. */
    readonly recorder: string;
    readonly [option: string]: unknown;
  };
  type Recording = { readonly process: ChildProcess; stream(): Readable };

  const library: { record(options: RecordOptions): Recording };
  export default library;
}
