import { ARC } from "../automaton.ts";
import { FINAL, type NetBuilder, START } from "./net-builder.ts";

type Node = {
  readonly label: number;
  /** Number of sequences that pass through this node. */
  count: number;
  readonly next: Map<number, Node>;
  /** Outputs (index plus one) of the sequences that end here. */
  readonly ends: number[];
};

/** A trie of equally likely word sequences. Keeps a list of a hundred thousand names small. */
export class LiteralTrie {
  readonly #root: Node = newNode(-1);

  /** @param words labels, at least one @param output index plus one */
  add(words: readonly number[], output: number): void {
    let node = this.#root;
    node.count++;
    for (const label of words) {
      let next = node.next.get(label);
      if (!next) {
        next = newNode(label);
        node.next.set(label, next);
      }
      next.count++;
      node = next;
    }
    node.ends.push(output);
  }

  /** Adds the sequences to a net from its start to its end; together they cost `cost` nats. */
  addTo(net: NetBuilder, cost: number): void {
    const todo = [{ node: this.#root, state: START, extra: cost }];
    for (let top = todo.pop(); top; top = todo.pop()) {
      const { node, state, extra } = top;
      for (const child of node.next.values()) {
        const arc = { kind: ARC.word, label: child.label };
        const here = Math.log(node.count) + extra;
        for (const output of child.ends)
          net.addArc(state, { ...arc, target: FINAL, cost: here, output });
        const longer = child.count - child.ends.length;
        if (longer === 0) continue;
        const target = net.addState();
        net.addArc(state, { ...arc, target, cost: here - Math.log(longer), output: 0 });
        // Sequences that end here have an arc of their own.
        todo.push({ node: { ...child, count: longer }, state: target, extra: 0 });
      }
    }
  }
}

function newNode(label: number): Node {
  return { label, count: 0, next: new Map(), ends: [] };
}
