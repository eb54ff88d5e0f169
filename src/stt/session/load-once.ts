/** Values that are loaded when first asked for and kept. A failure is not kept: the next caller tries again. */
export class LoadOnce<K, V> {
  readonly #load: (key: K) => Promise<V>;
  readonly #loaded = new Map<K, Promise<V>>();

  constructor(load: (key: K) => Promise<V>) {
    this.#load = load;
  }

  async get(key: K): Promise<V> {
    let value = this.#loaded.get(key);
    if (value === undefined) {
      value = this.#load(key);
      this.#loaded.set(key, value);
    }
    try {
      return await value;
    } catch (error) {
      this.#loaded.delete(key);
      throw error;
    }
  }
}
