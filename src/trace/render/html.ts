import type { ChromeEvent } from "../chrome-events.ts";
import { milliseconds } from "./bars.ts";
import { COLOURS } from "./colours.ts";
import { escapeXml } from "./escape-xml.ts";
import type { ReadableTrace } from "./read-trace.ts";
import { summary, traceToSvg } from "./svg.ts";

/** Keeps the table under the picture to one screen. */
const MAX_LISTED = 25;

const PAGE_STYLE = `
body { margin: 1.5rem auto; max-width: 1240px; padding: 0 1rem; background: var(--paper); color: var(--ink);
  font: 14px/1.45 system-ui, "DejaVu Sans", sans-serif; }
h1 { font-size: 1.3rem; margin: 0 0 .2rem; } p { color: var(--faint); margin: 0 0 1rem; }
svg { width: 100%; height: auto; } h2 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
table { border-collapse: collapse; } td, th { padding: .15rem 1rem .15rem 0; text-align: left; }
td.number { text-align: right; font-variant-numeric: tabular-nums; } th { color: var(--faint); font-weight: 500; }
tr.bad td { color: var(--bad); }
#tip { position: fixed; display: none; pointer-events: none; white-space: pre-line; background: var(--ink);
  color: var(--paper); padding: .3rem .5rem; border-radius: 4px; font-size: 12px; max-width: 30rem; }
`;

/** Shows the text of a <title> without the delay of browsers; without the script they still show it. */
const TIP_SCRIPT = `
const tip = document.getElementById("tip");
for (const title of document.querySelectorAll("svg g > title")) {
  title.parentNode.dataset.tip = title.textContent;
  title.remove();
}
document.querySelector("svg").addEventListener("pointermove", (event) => {
  const text = event.target.closest("[data-tip]")?.dataset.tip;
  tip.style.display = text ? "block" : "none";
  if (!text) return;
  tip.textContent = text;
  tip.style.left = Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8) + "px";
  tip.style.top = event.clientY + 16 + "px";
});
document.querySelector("svg").addEventListener("pointerleave", () => (tip.style.display = "none"));
`;

/** A self-contained page: the picture and the slowest releases. */
export function traceToHtml(trace: ReadableTrace, title: string): string {
  const { facts } = trace;
  const dropped = Number(facts["droppedEvents"] ?? 0);
  const about = [
    `started ${facts["startedAt"] ?? "at an unknown time"}`,
    `Node ${facts["node"] ?? "?"}`,
    ...(dropped > 0 ? [`${dropped} older events were dropped`] : []),
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeXml(title)}</title><style>${COLOURS}${PAGE_STYLE}</style></head>
<body><h1>${escapeXml(title)}: ${escapeXml(summary(trace))}</h1><p>${escapeXml(about.join(" · "))}</p>
${traceToSvg(trace)}
<h2>Slowest releases</h2>
<table><tr><th>resource</th><th>took</th><th>outcome</th></tr>
${slowest(trace).map(tableRow).join("\n")}
</table><div id="tip"></div><script>${TIP_SCRIPT}</script></body></html>
`;
}

function slowest({ lanes }: ReadableTrace): ChromeEvent[] {
  return lanes
    .flatMap(({ bars }) => bars)
    .filter(({ cat }) => cat === "cleanup")
    .toSorted((a, b) => (b.dur ?? 0) - (a.dur ?? 0))
    .slice(0, MAX_LISTED);
}

function tableRow({ name, dur = 0, args }: ChromeEvent): string {
  const outcome = String(args["outcome"] ?? "");
  const isBad = outcome !== "done" && outcome !== "gone";
  const what = escapeXml(String(args["path"] ?? name));
  return `<tr${isBad ? ' class="bad"' : ""}><td>${what}</td><td class="number">${milliseconds(dur)}</td><td>${escapeXml(outcome)}</td></tr>`;
}
