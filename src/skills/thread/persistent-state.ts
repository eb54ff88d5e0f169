import { kindOf } from "../../base/kind-of.ts";

type Container = Record<string, unknown> | unknown[];

/**
 * An object of JSON values that tells when anything in it changes, however deep. References to its parts stay
 * good when its content is replaced.
 */
export class PersistentState {
  /** The object that the skill reads and changes. */
  readonly root: Record<string, unknown>;
  readonly #raw: Record<string, unknown> = {};
  readonly #onChange: (json: string) => void;
  readonly #proxies = new WeakMap<Container, Container>();
  readonly #raws = new WeakMap<Container, Container>();
  #isDirty = false;

  /** @param onChange gets the whole as JSON, once for the changes of a turn */
  constructor(json: string | undefined, onChange: (json: string) => void) {
    this.#onChange = onChange;
    this.replace(json);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a proxy has the type of its target
    this.root = this.#proxyOf(this.#raw, "state") as Record<string, unknown>;
  }

  /** Takes other content, and tells nobody. */
  replace(json: string | undefined): void {
    assignDeep(this.#raw, json === undefined ? {} : JSON.parse(json));
    this.#isDirty = false;
  }

  /** The whole as JSON when it has changed since this was asked, or told, last. */
  takeChange(): string | undefined {
    if (!this.#isDirty) return undefined;
    this.#isDirty = false;
    return JSON.stringify(this.#raw);
  }

  #touch(): void {
    if (this.#isDirty) return;
    this.#isDirty = true;
    queueMicrotask(() => this.flush());
  }

  /** Reports at once what would be reported at the end of the turn. */
  flush(): void {
    const json = this.takeChange();
    if (json !== undefined) this.#onChange(json);
  }

  #proxyOf(raw: Container, path: string): Container {
    const known = this.#proxies.get(raw);
    if (known !== undefined) return known;
    const proxy = new Proxy(raw, {
      get: (target, key, receiver) => {
        const value: unknown = Reflect.get(target, key, receiver);
        return isContainer(value) ? this.#proxyOf(value, `${path}.${String(key)}`) : value;
      },
      set: (target, key, value: unknown) => {
        const plain = this.#plainOf(value);
        assertJson(plain, `${path}.${String(key)}`);
        this.#touch();
        return Reflect.set(target, key, plain);
      },
      deleteProperty: (target, key) => {
        this.#touch();
        return Reflect.deleteProperty(target, key);
      },
      defineProperty: (target, key, descriptor) => {
        this.#touch();
        return Reflect.defineProperty(target, key, descriptor);
      },
    });
    this.#proxies.set(raw, proxy);
    this.#raws.set(proxy, raw);
    return proxy;
  }

  #plainOf(value: unknown): unknown {
    return isContainer(value) ? (this.#raws.get(value) ?? value) : value;
  }
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}

function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** @throws TypeError naming the place of what JSON would lose or refuse */
function assertJson(value: unknown, path: string, parents: readonly object[] = []): void {
  if (value === null || ["string", "boolean", "undefined"].includes(typeof value)) return;
  if (typeof value === "number" && Number.isFinite(value)) return;
  if (typeof value !== "object") {
    throw new TypeError(`${path} cannot be kept: a ${typeof value} is not JSON`);
  }
  if (parents.includes(value)) throw new TypeError(`${path} cannot be kept: it holds itself`);
  if (!Array.isArray(value) && !isPlainObject(value)) {
    throw new TypeError(`${path} cannot be kept: ${kindOf(value)} is not JSON`);
  }
  for (const [key, part] of Object.entries(value)) {
    assertJson(part, `${path}.${key}`, [...parents, value]);
  }
}

/** Makes `target` equal to `source`, keeping the objects and arrays that are at the same place in both. */
function assignDeep(target: Container, source: Container): void {
  if (Array.isArray(target)) target.length = Math.min(target.length, Object.keys(source).length);
  else for (const key of Object.keys(target)) if (!(key in source)) delete target[key];
  for (const [key, value] of Object.entries(source)) {
    const before: unknown = Reflect.get(target, key);
    const isSameKind =
      isContainer(before) && isContainer(value) && Array.isArray(before) === Array.isArray(value);
    if (isSameKind) assignDeep(before, value);
    else Reflect.set(target, key, value);
  }
}
