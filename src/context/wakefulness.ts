import { toSamples } from "../audio/sample-time.ts";

/** After the wake phrase alone, or a request, a command may follow for this long. */
const AWAKE_SAMPLES = toSamples(8000);

/** Until when commands are taken. Positions are samples heard so far. */
export class Wakefulness {
  readonly #coolDownSamples: number;
  #awakeUntil: number;
  #lastPhraseAt = -Infinity;

  /** @param isOnDemand false: it never sleeps */
  constructor(isOnDemand: boolean, coolDownSamples: number) {
    this.#awakeUntil = isOnDemand ? 0 : Infinity;
    this.#coolDownSamples = coolDownSamples;
  }

  isAsleepAt(position: number): boolean {
    return position > this.#awakeUntil;
  }

  /** Too soon after the last wake phrase for another one to count. */
  isCoolingAt(position: number): boolean {
    return position < this.#lastPhraseAt + this.#coolDownSamples;
  }

  phraseHeardAt(position: number): void {
    this.#lastPhraseAt = position;
  }

  wakeAt(position: number): void {
    if (this.#awakeUntil !== Infinity) this.#awakeUntil = position + AWAKE_SAMPLES;
  }

  /** A command was taken: the next one has to be asked for again. */
  sleep(): void {
    if (this.#awakeUntil !== Infinity) this.#awakeUntil = 0;
  }

  /** True once, when the time for a command is over. */
  fallsAsleepAt(position: number): boolean {
    if (this.#awakeUntil === 0 || !this.isAsleepAt(position)) return false;
    this.#awakeUntil = 0;
    return true;
  }
}
