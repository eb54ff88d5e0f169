// A value that survives a reload: `onStart` takes it from `state`, and a cleanup saves it.
import { onCleanup, onIntent, onStart, state } from "earshot/skills";

let count = 0;

onStart(() => {
  count = state.count ?? 0;
});

onIntent("Count", () => String(++count));

onCleanup(() => {
  state.count = count;
});
