import type { TracedLife } from "./traced-life.ts";

export type LifeTree = ReadonlyMap<TracedLife | undefined, readonly TracedLife[]>;

/** What each holds, in order; under undefined those whose holder is none or not kept any more. */
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
