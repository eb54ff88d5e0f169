/** The style sheet of the picture and its page, with each colour named once for the light and once for the dark theme. */
export const COLOURS = `
:root, svg {
  --paper: #ffffff; --ink: #1b1f24; --faint: #6b7480; --line: #e2e6ea;
  --scope: #c9ddf6; --held: #e4eaf0; --cleanup: #2f9e5b; --bad: #d13b3b; --fallback: #e08a1e;
  --call: #e6d8f5; --native: #8a4fc4; --child: #bfe3de; --step: #d5dae0; --moment: #d13b3b;
}
@media (prefers-color-scheme: dark) {
  :root, svg {
    --paper: #14171b; --ink: #e6e9ec; --faint: #98a2ad; --line: #2b3138;
    --scope: #274a73; --held: #2d353e; --cleanup: #3fb870; --bad: #f06a6a; --fallback: #eda145;
    --call: #45325c; --native: #b388e0; --child: #235650; --step: #3a424b; --moment: #f06a6a;
  }
}
svg { font: 11px system-ui, "DejaVu Sans", sans-serif; background: var(--paper); }
.paper { fill: var(--paper); }
text { fill: var(--ink); }
.title { font-size: 13px; font-weight: 600; }
.axis { fill: var(--faint); text-anchor: middle; font-size: 10px; }
.tick { stroke: var(--line); }
.moment { stroke: var(--moment); stroke-width: 1.2; stroke-dasharray: 3 2; }
.moment-text { fill: var(--moment); font-weight: 600; }
.bar-text { pointer-events: none; }
.native + .bar-text { fill: var(--paper); }
.bar { fill: var(--step); }
.bar.scope { fill: var(--scope); }
.bar.held { fill: var(--held); }
.bar.call { fill: var(--call); }
.bar.native { fill: var(--native); }
.bar.child { fill: var(--child); }
.bar.fallback { fill: var(--fallback); }
.bar.cleanup { fill: var(--cleanup); }
.bar.cleanup.fallback { fill: var(--fallback); }
.bar.cleanup.failed, .bar.cleanup.timedOut, .bar.cleanup.skipped, .bar.cleanup.held-at-the-end { fill: var(--bad); }
g:hover > .bar { stroke: var(--ink); }
`;
