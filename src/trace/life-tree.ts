import type { TracedLife } from "./traced-life.ts";

export type LifeTree = ReadonlyMap<TracedLife | undefined, readonly TracedLife[]>;

/**
 * Maps each scope to what it holds, in order. The key undefined holds those without a scope and those whose scope
 * the log has dropped.
 */
export function lifeTree(lives: readonly TracedLife[]): LifeTree {
  const known = new Set(lives);
  const tree = new Map<TracedLife | undefined, TracedLife[]>();
  for (const life of lives) {
    const parent = life.parent !== undefined && known.has(life.parent) ? life.parent : undefined;
    const siblings = tree.get(parent);
    if (siblings === undefined) tree.set(parent, [life]);
    else siblings.push(life);
  }
  return tree;
}
