type Item = {
  readonly lane: string;
  readonly pid: number;
  readonly beganMs: number;
  readonly endedMs: number;
  /** Whether it may lie inside another item of its lane. */
  readonly nests: boolean;
};

export type Lane = { readonly name: string; readonly pid: number; readonly tid: number };

/** A lane and the ends of the items open on it, the innermost last. */
type Row = { readonly tid: number; readonly endsMs: number[] };

/**
 * Assigns each item to a lane of its name on which nothing overlaps it, because viewers draw overlapping spans as
 * nested. Lanes are numbered from 1 in the order of their first item; `first` is lane 1.
 */
export function lanesOf<T extends Item>(
  items: readonly T[],
  first: { readonly lane: string; readonly pid: number },
): { readonly placed: readonly { item: T; tid: number }[]; readonly lanes: readonly Lane[] } {
  const lanes: Lane[] = [];
  const rows = new Map<string, Row[]>();
  const addRow = ({ lane, pid }: { readonly lane: string; readonly pid: number }): Row => {
    const key = `${pid} ${lane}`;
    const row: Row = { tid: lanes.length + 1, endsMs: [] };
    lanes.push({ name: lane, pid, tid: row.tid });
    rows.set(key, [...(rows.get(key) ?? []), row]);
    return row;
  };
  addRow(first);
  const placed = items.map((item) => {
    const row = rows.get(`${item.pid} ${item.lane}`)?.find((each) => takes(each, item));
    const { tid, endsMs } = row ?? addRow(item);
    endsMs.push(item.endedMs);
    return { item, tid };
  });
  return { placed, lanes };
}

function takes({ endsMs }: Row, { beganMs, endedMs, nests }: Item): boolean {
  while ((endsMs.at(-1) ?? Infinity) <= beganMs) endsMs.pop();
  const innermostMs = endsMs.at(-1);
  return innermostMs === undefined || (nests && endedMs <= innermostMs);
}
