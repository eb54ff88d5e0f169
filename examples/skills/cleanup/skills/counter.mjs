// Values that outlive a reload: taken from `state` at the start, saved in a cleanup.
import { onCleanup, onIntent, onStart, state } from "earshot/skills";

let count = 0;

onStart(() => {
  count = state.count ?? 0;
});

onIntent("Count", () => String(++count));

onCleanup(() => {
  state.count = count;
});
