import type { IntentMatch, Understanding } from "../../grammar/understanding.ts";

/** stdout of a command: JSON lines with `--json`, else lines for people; `note` goes to stderr in both. */
export class Output {
  readonly json: boolean;

  constructor(json: boolean) {
    this.json = json;
  }

  /** Prints one result: the object with `--json`, the text without. */
  result(object: object, text: string): void {
    process.stdout.write(`${this.json ? toJson(object) : text}\n`);
  }

  /** Progress, warnings and errors: never on stdout. */
  note(text: string): void {
    process.stderr.write(`${text}\n`);
  }
}

/** Formats an object as one line of JSON. Errors become { name, message, code }. */
export function toJson(object: object): string {
  return JSON.stringify(object, withErrors);
}

function withErrors(_key: string, value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message } = value;
  return { name, message, ...("code" in value ? { code: value.code } : {}) };
}

/** "turn on the lights → LightsOn room=kitchen (93 %)"; a rejected text was said by nobody, it is only near. */
export function describeUnderstanding(
  heard: Pick<Understanding, "text" | "decision" | "intent" | "candidates" | "further">,
): string {
  if (heard.text === "") return "(nothing heard)";
  if (heard.decision === "reject") return `not a command (nearest: ${heard.text})`;
  const matches = heard.intent === null ? heard.candidates : [heard.intent];
  const meant = matches.map(describeMatch).join(" | ");
  const further = (heard.further ?? []).map((match) => `; ${describeMatch(match)}`).join("");
  return `${heard.text} → ${heard.intent === null ? "ambiguous: " : ""}${meant}${further}`;
}

function describeMatch({ name, slots, confidence }: IntentMatch): string {
  const values = Object.entries(slots).map(([slot, value]) => `${slot}=${quoted(value)}`);
  return [name, ...values, `(${Math.round(confidence * 100)} %)`].join(" ");
}

function quoted(value: unknown): string {
  const text = String(value);
  return /[\s=]/.test(text) ? JSON.stringify(text) : text;
}
