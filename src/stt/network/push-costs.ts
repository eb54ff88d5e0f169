import { NONE, type TrieLeaves, type TrieNodes } from "./trie-arrays.ts";

/**
 * Moves costs from the leaves of a trie to its nodes, as far towards the root as words share them: the search then knows
 * of costs as early as possible.
 * @param first first node of the trie after its root; the trie goes up to the last node, children after their parents
 */
export function pushCosts(nodes: TrieNodes, leaves: TrieLeaves, root: number, first: number): void {
  const end = nodes.count;
  const lowest = new Float32Array(end - first).fill(Infinity);
  const lowestOf = (node: number): number => {
    let min = lowest[node - first]!;
    for (let l = nodes.firstLeaf[node]!; l !== NONE; l = leaves.sibling[l]!) {
      min = Math.min(min, leaves.cost[l]!);
    }
    for (let c = nodes.firstChild[node]!; c !== NONE; c = nodes.sibling[c]!) {
      min = Math.min(min, lowest[c - first]!);
    }
    return min;
  };
  for (let node = end - 1; node >= first; node--) lowest[node - first] = lowestOf(node);
  const share = (node: number, paid: number): void => {
    for (let l = nodes.firstLeaf[node]!; l !== NONE; l = leaves.sibling[l]!) {
      leaves.cost[l] = leaves.cost[l]! - paid;
    }
    for (let c = nodes.firstChild[node]!; c !== NONE; c = nodes.sibling[c]!) {
      nodes.cost[c] = lowest[c - first]! - paid;
    }
  };
  share(root, 0);
  for (let node = first; node < end; node++) share(node, lowest[node - first]!);
}
