/** A value that a flag, the environment or earshot.yaml may set. */
export type Setting = {
  /** The option in commander's syntax. */
  readonly flags: string;
  readonly describe: string;
  readonly parse: (text: string) => unknown;
  /** Given several times; in the environment separated by the system's path delimiter, or by `separator`. */
  readonly many?: true;
  readonly separator?: string;
  /** A path: in a configuration file it is relative to that file. */
  readonly path?: true;
  /** The default as a person writes it; for keys without a default value it only documents. */
  readonly default: string | boolean | readonly string[] | undefined;
};
