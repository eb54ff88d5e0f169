/** The lowest and the highest value of a setting, both allowed; "whole" admits whole numbers only. */
export type Range = readonly [min: number, max: number, whole?: "whole"];

/** One section of models/intent.json: every field with its range. */
export type Ranges = Readonly<Record<string, Range>>;

/** The values of a section, by the names of its fields. */
export type SettingsOf<R extends Ranges> = { readonly [Field in keyof R]: number };
