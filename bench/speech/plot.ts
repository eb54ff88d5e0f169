import { PUBLISHED, PUBLISHED_SNRS_DB } from "./published.ts";

export type Point = { readonly snrDb: number; readonly accept: number };

const [WIDTH, HEIGHT] = [760, 440];
const FRAME = { left: 60, right: 580, top: 50, bottom: 380 };
const [MIN_DB, MAX_DB] = [6, 24];
const MIN_ACCEPT = 0.4;
/** Height of a label, which keeps labels apart, px. */
const LABEL_PX = 17;

type Curve = {
  readonly name: string;
  readonly points: readonly Point[];
  readonly colour: string;
  readonly widthPx: number;
  readonly dashes?: string;
};

/** An SVG of accepted commands by signal-to-noise ratio: ours, the peer's if it ran, and the published curves. */
export function plotAcceptBySnr(earshot: readonly Point[], peer: readonly Point[]): string {
  const published = Object.entries(PUBLISHED).map(([name, accepts]) => ({
    name,
    points: PUBLISHED_SNRS_DB.map((snrDb, i) => ({ snrDb, accept: accepts[i] ?? 0 })),
    colour: "#8a929c",
    widthPx: 1.5,
    dashes: "5 4",
  }));
  const curves: Curve[] = [
    ...published,
    ...(peer.length === 0
      ? []
      : [{ name: "pocketsphinx", points: peer, colour: "#b4552d", widthPx: 2 }]),
    { name: "Earshot", points: earshot, colour: "#1f6feb", widthPx: 3.5 },
  ];
  const drawn = [...axes(), ...curves.map(line), ...labels(curves)].join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${FRAME.left}" y="26" font-size="15" font-weight="600">Coffee orders of people understood in kitchen noise</text>
${drawn}
<text x="${FRAME.left}" y="${HEIGHT - 10}" font-size="11" fill="#57606a">solid: run together on the 196 recordings of coffee-en; dashed: published by Picovoice for all 619, not run again</text>
</svg>
`;
}

function axes(): string[] {
  const shares = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map((share) => {
    const at = y(share);
    return `<line x1="${FRAME.left}" x2="${FRAME.right}" y1="${at}" y2="${at}" stroke="#e3e6ea"/>
<text x="${FRAME.left - 8}" y="${at + 4}" text-anchor="end">${share * 100} %</text>`;
  });
  const ratios = PUBLISHED_SNRS_DB.map(
    (snrDb) =>
      `<text x="${x(snrDb)}" y="${FRAME.bottom + 20}" text-anchor="middle">${snrDb} dB</text>`,
  );
  return [...shares, ...ratios];
}

function line({ points, colour, widthPx, dashes }: Curve): string {
  const path = points
    .toSorted((a, b) => a.snrDb - b.snrDb)
    .map(({ snrDb, accept }) => `${x(snrDb)},${y(accept)}`)
    .join(" ");
  const dots = dashes === undefined ? points.map((point) => dot(point, colour)).join("") : "";
  const stroke = `stroke="${colour}" stroke-width="${widthPx}" stroke-dasharray="${dashes ?? "none"}"`;
  return `<polyline points="${path}" fill="none" ${stroke}/>${dots}`;
}

function dot({ snrDb, accept }: Point, colour: string): string {
  return `<circle cx="${x(snrDb)}" cy="${y(accept)}" r="4" fill="${colour}"/>`;
}

/** Labels each curve at its quiet end, from the top down, and moves a label down where it would overlap. */
function labels(curves: readonly Curve[]): string[] {
  let lowest = -Infinity;
  return curves
    .map((curve) => ({ ...curve, last: curve.points.find(({ snrDb }) => snrDb === MAX_DB) }))
    .toSorted((a, b) => (b.last?.accept ?? 0) - (a.last?.accept ?? 0))
    .map(({ name, colour, last }) => {
      lowest = Math.max(lowest + LABEL_PX, y(last?.accept ?? MIN_ACCEPT) + 4);
      const weight = name === "Earshot" ? 700 : 400;
      return `<text x="${FRAME.right + 10}" y="${lowest}" fill="${colour}" font-weight="${weight}">${name}</text>`;
    });
}

function x(snrDb: number): number {
  const share = (snrDb - MIN_DB) / (MAX_DB - MIN_DB);
  return Math.round(FRAME.left + 14 + share * (FRAME.right - FRAME.left - 20));
}

function y(accept: number): number {
  const share = (accept - MIN_ACCEPT) / (1 - MIN_ACCEPT);
  return Math.round(FRAME.bottom - share * (FRAME.bottom - FRAME.top));
}
