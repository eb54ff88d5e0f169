/**
 * Every machine-readable failure this package reports. Codes are stable API; docs/errors.md lists what each
 * means and what to do.
 */
export type EarshotErrorCode =
  | "AUDIO_NOT_FOUND" // no such file, or it cannot be read
  | "AUDIO_UNSUPPORTED" // not audio, or a format or rate that is not supported
  | "AUDIO_TRUNCATED" // audio that breaks off before anything could be decoded
  | "CLEANUP_FAILED" // one or more cleanups failed; `cause` is an AggregateError
  | "CLEANUP_TIMEOUT" // a cleanup outlived its limit
  | "CONFIG_INVALID" // a key, value or file of the configuration
  | "CONTEXT_CLOSED" // the scope or context no longer takes work
  | "HOOK_FAILED" // a command of `--on` failed, hung or flooded
  | "LOG_FAILED" // an event could not be written to the file of `--log`
  | "MICROPHONE_FAILED" // the recorder ended, stalled or found no device
  | "MODEL_INVALID" // the folder is not a model
  | "MODEL_LOAD_FAILED" // onnxruntime refused the model
  | "RECOGNITION_FAILED" // the model ran and failed
  | "RECORDER_MISSING" // none of the recorder programs is installed
  | "REPLY_FAILED" // the command of `--say` failed, hung or flooded
  | "SKILL_FAILED" // a skill threw, took too long or ended its thread
  | "SKILL_INVALID" // a skill that cannot be loaded; `place` says where
  | "SERVICE_FAILED" // systemd did not do what was asked, or its unit could not be written
  | "SPAWN_FAILED" // a child process could not be started
  | "STATE_FAILED" // what a skill keeps could not be saved or read
  | "STATUS_UNAVAILABLE" // the folder for the sockets of running instances cannot be used
  | "TEMPLATES_INVALID" // sentence templates; `place` says where
  | "TRACE_INVALID" // `earshot trace` was given a file that is no trace
  | "WORKER_EXITED"; // a worker thread ended with work pending

export type EarshotErrorOptions = ErrorOptions & {
  /** Where in the user's files: "kitchen.yaml:12:5". */
  readonly place?: string;
};

/** An expected failure. `code` is for programs; `message` is one sentence for people that says what to do. */
export class EarshotError extends Error {
  readonly code: EarshotErrorCode;
  /** File, line and column in the user's files, when the failure has one. */
  readonly place?: string;

  static {
    // On the prototype and non-enumerable, as built-in errors have it.
    Object.defineProperty(this.prototype, "name", {
      value: "EarshotError",
      writable: true,
      configurable: true,
    });
  }

  constructor(code: EarshotErrorCode, message: string, options: EarshotErrorOptions = {}) {
    super(message, options);
    this.code = code;
    if (options.place !== undefined) this.place = options.place;
  }
}
