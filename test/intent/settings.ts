import { readIntentSettings } from "../../src/intent/settings/read-settings.ts";

/** The settings in force. */
export const SETTINGS = readIntentSettings();
