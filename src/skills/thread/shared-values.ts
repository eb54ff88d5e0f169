type Listener = (value: unknown) => void;

/** Values that the skills of a generation share, by name. */
export class SharedValues {
  readonly #values = new Map<string, unknown>();
  readonly #listeners = new Map<string, Set<Listener>>();

  get(name: string): unknown {
    return this.#values.get(name);
  }

  /** Calls the listeners when the value is another one. */
  set(name: string, value: unknown): void {
    if (Object.is(this.#values.get(name), value)) return;
    this.#values.set(name, value);
    for (const listener of this.#listeners.get(name) ?? []) listener(value);
  }

  on(name: string, listener: Listener): Disposable {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return { [Symbol.dispose]: () => void listeners.delete(listener) };
  }
}
