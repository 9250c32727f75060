// SPDX-License-Identifier: Apache-2.0
// Colours of both schemes; every pair that carries text meets WCAG AA. A site's own properties win.

/** [name, light, dark]; the site sets `--mayfly-NAME`. */
const COLORS = [
  ['paper', '#ffffff', '#1a1d21'],
  ['ink', '#1c2126', '#eae8e3'],
  ['soft', '#59616a', '#a9b0b8'],
  ['line', '#dcdfe3', '#383e45'],
  ['accent', '#0b6654', '#7fd3bd'],
  ['active', '#eaf4f1', '#1d332e'],
  ['mark', '#fdf0b4', '#574713'],
  ['mark-ink', '#1c2126', '#fff6d6'],
  [
    'shadow',
    '0 1px 2px #1018200f, 0 12px 40px -8px #10182038',
    '0 1px 2px #0006, 0 16px 48px -8px #000c',
  ],
] as const;

const scheme = (which: 1 | 2) =>
  COLORS.map((color) => `--_${color[0]}: var(--mayfly-${color[0]}, ${color[which]});`).join('\n  ');

export const themeCss = `
:host {
  color-scheme: light;
  ${scheme(1)}
  --_font: var(--mayfly-font, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif);
  --_radius: var(--mayfly-radius, 10px);
}
:host([theme='dark']) {
  color-scheme: dark;
  ${scheme(2)}
}
@media (prefers-color-scheme: dark) {
  :host(:not([theme='light'], [theme='dark'])) {
    color-scheme: dark;
    ${scheme(2)}
  }
}
`;

/** Below both elements. */
export const baseCss = `
* { box-sizing: border-box; }
[hidden] { display: none !important; }
:host {
  font: 400 var(--mayfly-font-size, 1rem)/1.5 var(--_font);
  color: var(--_ink);
  text-align: start;
  -webkit-text-size-adjust: 100%;
}
:host([hidden]) { display: none; }
button {
  font: inherit;
  color: inherit;
  background: none;
  border: 0;
  padding: 0;
  cursor: pointer;
}
:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
.icon {
  width: 1.125em;
  height: 1.125em;
  flex: none;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.75;
  stroke-linecap: round;
  stroke-linejoin: round;
}
kbd {
  font: 500 0.75em/1 var(--_font);
  color: var(--_soft);
  border: 1px solid var(--_line);
  border-radius: 5px;
  padding: 0.3em 0.45em;
  white-space: nowrap;
}
.unseen {
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
`;
