/** Refuses a value that is none of the choices. @throws RangeError naming the option, its value and the choices */
export function assertOneOf(name: string, value: unknown, choices: readonly unknown[]): void {
  if (choices.includes(value)) return;
  const given = typeof value === "string" ? JSON.stringify(value) : String(value);
  throw new RangeError(`${name} must be one of ${choices.join(", ")}, not ${given}`);
}
