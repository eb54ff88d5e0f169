/** Languages with an embedded model, pronunciation and a pack. */
export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];
