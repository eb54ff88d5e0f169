import type { IntentMatch, Understanding } from "../grammar/understanding.ts";

/** stdout of a command: JSON lines with `--json`, else lines for people; `note` goes to stderr in both. */
export class Output {
  readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
  }

  /** One result: the object with `--json`, the text without. */
  result(object: object, text: string): void {
    process.stdout.write(`${this.json ? JSON.stringify(object, withErrors) : text}\n`);
  }

  /** Progress, warnings and errors: never on stdout. */
  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }
}

/** JSON knows no errors: they become { name, message, code }. */
function withErrors(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message } = value;
  return { name, message, code: (value as { code?: unknown }).code };
}

/** "HassTurnOn  area=kitchen domain=light  (93 %)" */
export function describeUnderstanding(heard: Understanding): string {
  if (heard.decision === "reject") return "not a command";
  if (heard.intent !== null) return describeMatch(heard.intent);
  return `ambiguous: ${heard.candidates.map(describeMatch).join(" | ")}`;
}

export function describeMatch({ name, slots, confidence }: IntentMatch): string {
  const values = Object.entries(slots).map(([slot, value]) => `${slot}=${quoted(value)}`);
  return [name, ...values, `(${Math.round(confidence * 100)} %)`].join(" ");
}

function quoted(value: unknown): string {
  const text = String(value);
  return /[\s=]/.test(text) ? JSON.stringify(text) : text;
}
