import { ARC } from "../automaton.ts";
import { FINAL, type NetBuilder, START } from "./net-builder.ts";

type Node = {
  readonly label: number;
  /** Sequences that go through here. */
  count: number;
  readonly next: Map<number, Node>;
  /** Outputs (index plus one) of the sequences that end here. */
  readonly ends: number[];
};

/** Equally likely sequences of words, sharing their beginnings: what a list of a hundred thousand names becomes. */
export class LiteralTrie {
  readonly #root: Node = newNode(-1);

  /** `words`: labels, at least one. `output`: index plus one. */
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

  /** Adds them to a net from its start to its end; all together cost `cost` nats. */
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
        // What ends here has left by its own arc.
        todo.push({ node: { ...child, count: longer }, state: target, extra: 0 });
      }
    }
  }
}

function newNode(label: number): Node {
  return { label, count: 0, next: new Map(), ends: [] };
}
