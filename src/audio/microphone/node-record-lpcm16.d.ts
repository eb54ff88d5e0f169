/** Types for the part of node-record-lpcm16 1.0.1 that the microphone uses. The package has none. */
declare module "node-record-lpcm16" {
  import type { ChildProcess } from "node:child_process";
  import type { Readable } from "node:stream";

  type RecordOptions = {
    /** Absolute path of a CommonJS module that receives these options and returns the command to spawn. */
    readonly recorder: string;
    readonly [option: string]: unknown;
  };
  type Recording = { readonly process: ChildProcess; stream(): Readable };

  const library: { record(options: RecordOptions): Recording };
  export default library;
}
