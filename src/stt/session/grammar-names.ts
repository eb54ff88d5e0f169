/** Removes templates from the session. */
type Remove = (id: number) => Promise<void>;

/** The templates that each name stands for. Replaced templates stay until the last call through them is answered. */
export class GrammarNames {
  readonly #remove: Remove;
  readonly #ids = new Map<string, number>();
  readonly #calls = new Map<number, number>();
  readonly #replaced = new Set<number>();

  constructor(remove: Remove) {
    this.#remove = remove;
  }

  get(name: string): number | undefined {
    return this.#ids.get(name);
  }

  /** Gives a name to templates, in place of those that had it; with undefined the name is free. */
  async set(name: string, id: number | undefined): Promise<void> {
    const before = this.#ids.get(name);
    if (id === undefined) this.#ids.delete(name);
    else this.#ids.set(name, id);
    if (before === undefined) return;
    if (this.#calls.has(before)) this.#replaced.add(before);
    else await this.#remove(before);
  }

  /** Keeps templates during a call through them, which may be retried. */
  async during<T>(id: number | undefined, call: () => Promise<T>): Promise<T> {
    if (id === undefined) return call();
    this.#calls.set(id, (this.#calls.get(id) ?? 0) + 1);
    try {
      return await call();
    } finally {
      const others = (this.#calls.get(id) ?? 1) - 1;
      if (others > 0) this.#calls.set(id, others);
      else this.#calls.delete(id);
      if (others === 0 && this.#replaced.delete(id)) await this.#remove(id);
    }
  }

  /** Removes all templates; called once, at the end. The names stay, so that later calls fail with CONTEXT_CLOSED. */
  async removeAll(): Promise<void> {
    for (const id of [...this.#ids.values(), ...this.#replaced]) await this.#remove(id);
    this.#replaced.clear();
  }
}
