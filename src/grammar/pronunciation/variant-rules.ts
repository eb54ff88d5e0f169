import type { VariantRule } from "../../languages/variant-rule.ts";
import type { Pronunciation } from "./pronunciation.ts";

/** Bounds the forms of a word while rules combine. */
const MAX_FORMS = 24;
/** Forms above this cost are too rare to be worth searching. */
const MAX_COST_NATS = 3;

/** The forms and all variants of them. Rules combine in their order; variants above 3 nats are dropped. */
export function applyVariantRules(
  forms: readonly Pronunciation[],
  rules: readonly VariantRule[],
  word: string,
): Pronunciation[] {
  const all = [...forms];
  const seen = new Set(all.map((form) => form.phones.join(" ")));
  for (const rule of rules) {
    for (const form of all.slice()) {
      const costNats = form.costNats + rule.costNats;
      if (costNats > MAX_COST_NATS || all.length >= MAX_FORMS) continue;
      if ((rule.before || rule.atEnd) && form.before) continue;
      const changed = rule.apply(` ${form.phones.join(" ")} `, word)?.trim();
      if (!changed || seen.has(changed)) continue;
      seen.add(changed);
      const before = form.before ?? rule.before;
      all.push({ phones: changed.split(/ +/), costNats, ...(before && { before }) });
    }
  }
  return all;
}
