import { EarshotError } from "../../errors.ts";
import { everyExpression } from "../templates/expression.ts";
import type {
  Block,
  List,
  ListEntry,
  Lists,
  Rules,
  Template,
  Templates,
} from "../templates/templates.ts";
import { suggestion } from "../../base/edit-distance.ts";

const NONE: Rules & Lists = new Map();

/**
 * Resolves the names of rules and lists in the templates of a block. The block's own rules and lists hide the shared
 * ones, and the context that it requires or excludes narrows its lists.
 */
export class NameTable {
  readonly #shared: Templates;
  readonly #block:
    | Pick<Block, "rules" | "lists" | "requiresContext" | "excludesContext">
    | undefined;
  readonly #references = new Map<string, ReadonlySet<string>>();

  constructor(shared: Templates, block?: Block) {
    this.#shared = shared;
    this.#block = block;
  }

  rule(name: string, by: Template, offset: number): Template {
    const rule = this.#findRule(name);
    return rule ?? unknown(by, offset, `unknown rule <${name}>`, name, this.#ruleNames());
  }

  list(name: string, by: Template, offset: number): List {
    const list = this.#findList(name);
    const hint =
      "; give its values under lists: or, if they are known only at run time, with --lists";
    return list ?? unknown(by, offset, `unknown list {${name}}${hint}`, name, this.#listNames());
  }

  /** The values of a list that meet the context of the block. */
  entries(list: List): readonly ListEntry[] {
    if (list.type !== "values") return [];
    return list.entries.filter((entry) => this.#meetsContext(entry, list.entries));
  }

  /** Context keys that the entries of the template's lists define. */
  contextKeys(template: Template): Set<string> {
    const keys = new Set<string>();
    for (const reference of this.references(template)) {
      const list = reference.startsWith("{") ? this.#findList(reference.slice(1)) : undefined;
      for (const entry of list?.type === "values" ? list.entries : [])
        for (const key of Object.keys(entry.context)) keys.add(key);
    }
    return keys;
  }

  /**
   * Names of everything that a template refers to, directly or through rules: "<rule", "{list".
   * @throws EarshotError TEMPLATES_INVALID for a rule that refers to itself, and for unknown names
   */
  references(template: Template, within: readonly string[] = []): ReadonlySet<string> {
    const known = this.#references.get(template.text);
    if (known) return known;
    const references = new Set<string>();
    for (const part of everyExpression(template.expression)) {
      if (part.type === "list") {
        this.list(part.name, template, part.offset);
        references.add(`{${part.name}`);
      } else if (part.type === "rule") {
        if (within.includes(part.name)) recursive(template, part.offset, [...within, part.name]);
        const rule = this.rule(part.name, template, part.offset);
        references.add(`<${part.name}`);
        for (const inner of this.references(rule, [...within, part.name])) references.add(inner);
      }
    }
    this.#references.set(template.text, references);
    return references;
  }

  /** Two tables with the same key for a name resolve it to the same thing. */
  key(kind: "<" | "{", name: string, template?: Template): string {
    const references = [`${kind}${name}`, ...(template ? this.references(template) : [])];
    const own = references
      .filter((reference) => this.#isLocal(reference))
      .map((r) => `${r}=${this.#textOf(r)}`);
    const narrowed = references.some((reference) => this.#isNarrowed(reference));
    const context = narrowed
      ? JSON.stringify([this.#block?.requiresContext, this.#block?.excludesContext])
      : "";
    return [`${kind}${name}`, ...own, context].filter(Boolean).join(" ");
  }

  /** @throws EarshotError TEMPLATES_INVALID when a shared rule refers to itself */
  checkRules(): void {
    for (const [name, rule] of this.#shared.rules) {
      for (const part of everyExpression(rule.expression))
        if (part.type === "rule" && this.#findRule(part.name))
          this.#follow(part.name, [name], rule, part.offset);
    }
  }

  #follow(name: string, path: readonly string[], by: Template, offset: number): void {
    if (path.includes(name)) recursive(by, offset, [...path, name]);
    const rule = this.#findRule(name);
    if (!rule || this.#references.has(rule.text)) return;
    for (const part of everyExpression(rule.expression))
      if (part.type === "rule") this.#follow(part.name, [...path, name], rule, part.offset);
  }

  #findRule(name: string): Template | undefined {
    return this.#block?.rules.get(name) ?? this.#shared.rules.get(name);
  }

  #findList(name: string): List | undefined {
    return this.#block?.lists.get(name) ?? this.#shared.lists.get(name);
  }

  #isLocal(reference: string): boolean {
    const names = (reference.startsWith("<") ? this.#block?.rules : this.#block?.lists) ?? NONE;
    return names.has(reference.slice(1));
  }

  #textOf(reference: string): string {
    const name = reference.slice(1);
    if (reference.startsWith("<")) return this.#block?.rules.get(name)?.text ?? "";
    const list = this.#block?.lists.get(name);
    return list?.type === "values"
      ? list.entries.map((entry) => `${entry.said.text}→${JSON.stringify(entry.value)}`).join("|")
      : JSON.stringify(list);
  }

  #isNarrowed(reference: string): boolean {
    const list = reference.startsWith("{") ? this.#findList(reference.slice(1)) : undefined;
    if (list?.type !== "values" || !this.#block) return false;
    return this.entries(list).length < list.entries.length;
  }

  #meetsContext(entry: ListEntry, all: readonly ListEntry[]): boolean {
    for (const [key, accepted] of Object.entries(this.#block?.requiresContext ?? {})) {
      const value = entry.context[key];
      if (value === undefined && all.some((other) => other.context[key] !== undefined))
        return false;
      if (value !== undefined && accepted && !accepted.includes(value)) return false;
    }
    return Object.entries(this.#block?.excludesContext ?? {}).every(
      ([key, excluded]) => !excluded.some((value) => value === entry.context[key]),
    );
  }

  #ruleNames(): string[] {
    return [...this.#shared.rules.keys(), ...(this.#block?.rules.keys() ?? [])];
  }

  #listNames(): string[] {
    return [...this.#shared.lists.keys(), ...(this.#block?.lists.keys() ?? [])];
  }
}

function unknown(
  by: Template,
  offset: number,
  message: string,
  name: string,
  candidates: string[],
): never {
  return invalid(by, offset, message + suggestion(name, candidates));
}

function recursive(by: Template, offset: number, path: readonly string[]): never {
  const loop = path.slice(path.indexOf(path.at(-1) ?? ""));
  return invalid(
    by,
    offset,
    `a rule that refers to itself: ${loop.map((name) => `<${name}>`).join(" → ")}`,
  );
}

export function invalid(template: Template, offset: number, message: string): never {
  const place = template.at(offset);
  throw new EarshotError("TEMPLATES_INVALID", `${place}: ${message}`, { place });
}
