/** The first candidate of every intent. @param ranked best first */
export function firstOfEachIntent<T extends { readonly intent: string }>(
  ranked: readonly T[],
): T[] {
  const first = new Map<string, T>();
  for (const each of ranked) if (!first.has(each.intent)) first.set(each.intent, each);
  return [...first.values()];
}

/** A confidence to three decimals, as results show it. */
export function roundConfidence(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}
