import { type IntentCheck, toIntentCheck } from "../../run/rules/intent-check.ts";
import { loadRules } from "../../run/rules/load-rules.ts";
import type { Settings } from "../settings/settings.ts";

type RulesByIntent = ReturnType<typeof loadRules>;

/** The rules of the intents, which change together with the templates that they are written in. */
export class LiveRules {
  readonly #settings: Pick<Settings, "intents" | "language">;
  #inForce: RulesByIntent;
  #read: RulesByIntent;

  /** @throws EarshotError TEMPLATES_INVALID with the place of the first mistake */
  constructor(settings: Pick<Settings, "intents" | "language">) {
    this.#settings = settings;
    this.#inForce = loadRules(settings.intents, settings.language);
    this.#read = this.#inForce;
  }

  get hasAny(): boolean {
    return this.#inForce.size > 0;
  }

  readonly check: IntentCheck = (intent) => toIntentCheck(this.#inForce)(intent);

  /** Reads them anew; those before stay in force. @throws EarshotError TEMPLATES_INVALID */
  read(): void {
    this.#read = loadRules(this.#settings.intents, this.#settings.language);
  }

  /** Puts the rules that were read into force. */
  take(): void {
    this.#inForce = this.#read;
  }
}
