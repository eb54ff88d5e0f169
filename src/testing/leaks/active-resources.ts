/** Names for the kinds of resources that `process.getActiveResourcesInfo` counts and the ledger does not list. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["MessagePort", "MessagePort, BroadcastChannel or Worker with a listener"],
  ["PipeWrap", "pipe or local socket"],
  ["PipeServerWrap", "server on a pipe or local socket"],
  ["TTYWrap", "terminal"],
  ["SignalWrap", "signal listener"],
  ["FSReqCallback", "file operation that has not ended"],
  ["FSReqPromise", "file operation that has not ended"],
  ["GetAddrInfoReqWrap", "name look-up that has not ended"],
]);

/** Number of active resources of each kind. */
export type ActiveResources = ReadonlyMap<string, number>;

export function activeResources(): ActiveResources {
  const counts = new Map<string, number>();
  for (const type of process.getActiveResourcesInfo()) {
    const name = WORDS.get(type);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** "2 × terminal" for each kind whose number has grown since `before`. */
export function moreThan(before: ActiveResources): string[] {
  return [...activeResources()].flatMap(([name, count]) => {
    const more = count - (before.get(name) ?? 0);
    return more > 0 ? [`${more} × ${name}`] : [];
  });
}
