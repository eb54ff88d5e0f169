/** A value that a flag, the environment or earshot.yaml may set. */
export type Setting = {
  /** As commander takes it. */
  readonly flags: string;
  readonly describe: string;
  readonly parse: (text: string) => unknown;
  /** Given several times; in the environment separated by the system's path delimiter, or by `separator`. */
  readonly many?: true;
  readonly separator?: string;
  /** A path: in a configuration file it is relative to that file. */
  readonly path?: true;
  /** As a person would write it; documentation only for keys without a default value. */
  readonly default: string | boolean | readonly string[] | undefined;
};
