/** Names the kind of a wrong argument for an error message: the class of an object, the type of anything else. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" ? classOf(value) : typeof value;
}

/** The name of its class; "object" when it has none, such as one without a prototype. */
export function classOf(value: object): string {
  const constructor: unknown = Reflect.get(value, "constructor");
  const name = typeof constructor === "function" ? constructor.name : "";
  return name === "" ? "object" : name;
}
