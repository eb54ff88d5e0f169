/** Languages with an embedded model, pronunciation and number words. */
export const LANGUAGES = ["en", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];
