/** Signal-to-noise ratios of the published curves, in dB. */
export const PUBLISHED_SNRS_DB = [6, 9, 12, 15, 18, 21, 24] as const;

/**
 * Accepted commands of 619 recordings in the same kitchen noise, mixed in the same way, as Picovoice publishes them:
 * github.com/Picovoice/speech-to-intent-benchmark, benchmark/plot.py (13e8789). The 196 recordings of coffee-en are a
 * part of those 619. No engine was run again here.
 */
export const PUBLISHED: Readonly<Record<string, readonly number[]>> = {
  "Picovoice Rhino": [0.96, 0.97, 0.98, 0.98, 0.99, 0.99, 0.99],
  "IBM Watson": [0.69, 0.82, 0.91, 0.93, 0.94, 0.96, 0.96],
  "Microsoft LUIS": [0.86, 0.9, 0.92, 0.91, 0.94, 0.93, 0.94],
  "Amazon Lex": [0.79, 0.83, 0.85, 0.86, 0.87, 0.87, 0.87],
  "Google Dialogflow": [0.69, 0.73, 0.77, 0.8, 0.81, 0.81, 0.83],
};
