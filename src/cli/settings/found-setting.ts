/** Values of a setting as they were found: texts, not parsed yet. */
export type FoundSetting = {
  /** `origin`: where, for messages. One value, unless the setting may be given several times. */
  readonly values: readonly { readonly text: string; readonly origin: string }[];
  /** The folder that paths are relative to. @default the current one */
  readonly base?: string;
};
