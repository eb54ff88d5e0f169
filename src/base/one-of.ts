/** @throws RangeError naming the option, the value and the choices, unless the value is one of them */
export function assertOneOf(name: string, value: unknown, choices: readonly unknown[]): void {
  if (choices.includes(value)) return;
  const given = typeof value === "string" ? JSON.stringify(value) : String(value);
  throw new RangeError(`${name} must be one of ${choices.join(", ")}, not ${given}`);
}
