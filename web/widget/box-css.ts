// SPDX-License-Identifier: Apache-2.0
// The look of `<mayfly-search>`.
import { filtersCss } from './filters-css.js';
import { baseCss, themeCss } from './theme.js';

const field = `
:host { display: block; position: relative; min-width: 0; }
.field {
  display: flex;
  align-items: center;
  gap: 0.6em;
  min-height: 2.75em;
  padding-inline: 0.85em 0.6em;
  background: var(--_paper);
  border: 1px solid var(--_line);
  border-radius: var(--_radius);
  color: var(--_soft);
}
.field:focus-within {
  border-color: var(--_accent);
  box-shadow: 0 0 0 1px var(--_accent);
}
input {
  flex: 1;
  min-width: 0;
  height: 2.65em;
  padding: 0;
  border: 0;
  outline: 0;
  background: none;
  color: var(--_ink);
  font: inherit;
}
input:focus-visible { outline: 0; }
input::placeholder { color: var(--_soft); opacity: 1; }
.clear { display: grid; place-items: center; width: 1.9em; height: 1.9em; border-radius: 6px; }
.clear:hover { color: var(--_ink); background: var(--_active); }
@media (hover: none) { .keys { display: none; } }
`;

const panel = `
.panel {
  position: absolute;
  z-index: var(--mayfly-z-index, 1000);
  top: calc(100% + 6px);
  left: var(--_shift, 0);
  display: flex;
  flex-direction: column;
  width: max(100%, min(var(--mayfly-panel-width, 38rem), calc(100vw - 16px)));
  max-width: calc(100vw - 16px);
  max-height: min(var(--mayfly-panel-height, 36rem), var(--_room, 70vh));
  overflow: hidden;
  background: var(--_paper);
  border: 1px solid var(--_line);
  border-radius: calc(var(--_radius) + 2px);
  box-shadow: var(--_shadow);
}
:host([layout='page']) .panel {
  position: static;
  width: auto;
  max-width: none;
  max-height: none;
  border: 0;
  border-radius: 0;
  box-shadow: none;
  background: none;
  margin-top: 0.75em;
  overflow: visible;
}
.scroll { overflow: auto; overscroll-behavior: contain; flex: 1; min-height: 0; scrollbar-width: thin; }
:host([layout='page']) .scroll { overflow: visible; }
.list { padding: 6px; }
.list:empty { display: none; }
:host([layout='page']) .list { padding-inline: 0; }
.notice { padding: 1.5em 1.15em; color: var(--_soft); text-wrap: balance; }
.notice:empty { display: none; }
.notice strong { display: block; color: var(--_ink); font-weight: 600; overflow-wrap: anywhere; }
`;

const dialog = `
:host([layout='dialog']), :host([layout='dialog']) .box { display: flex; flex-direction: column; min-height: 0; }
:host([layout='dialog']) .box { flex: 1; }
:host([layout='dialog']) .field {
  flex: none;
  min-height: 3.5em;
  padding-inline: 1.15em 4em;
  border-width: 0 0 1px;
  border-radius: 0;
}
:host([layout='dialog']) .field:focus-within { border-color: var(--_line); box-shadow: none; }
:host([layout='dialog']) .panel {
  position: static;
  flex: 1;
  min-height: 0;
  width: auto;
  max-width: none;
  max-height: none;
  border: 0;
  border-radius: 0;
  box-shadow: none;
  animation: none;
}
`;

const results = `
.page { padding-block: 2px; }
.page + .page { border-top: 1px solid var(--_line); }
a {
  display: block;
  position: relative;
  padding: 0.6em 0.75em;
  margin-block: 3px;
  border-radius: 7px;
  color: inherit;
  text-decoration: none;
  overflow-wrap: anywhere;
  scroll-margin-block: 8px;
}
.head { display: block; line-height: 1.35; }
.title { font-weight: 600; color: var(--_accent); }
.heading { color: var(--_ink); }
.head .heading::before { content: '›'; content: '›' / ''; color: var(--_soft); margin-inline: 0.45em; }
.snippet {
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
  margin-top: 0.2em;
  font-size: 0.875em;
  color: var(--_soft);
  unicode-bidi: plaintext;
  text-align: match-parent;
}
.sub { margin-inline-start: 1.1em; padding: 0.35em 0.75em; font-size: 0.9375em; }
.sub::before {
  content: '';
  position: absolute;
  inset-block: -3px;
  inset-inline-start: -0.2em;
  border-inline-start: 1px solid var(--_line);
}
.sub .heading { display: block; font-weight: 500; line-height: 1.35; }
.sub .snippet { -webkit-line-clamp: 1; margin-top: 0; }
a:hover, [aria-selected='true'] { background: var(--_active); }
[aria-selected='true']::after {
  content: '';
  position: absolute;
  inset-block: 5px;
  inset-inline-start: 0;
  border-inline-start: 3px solid var(--_accent);
  border-radius: 3px;
}
mark { background: var(--_mark); color: var(--_mark-ink); border-radius: 3px; padding-inline: 1px; }
.why-text { display: block; margin-top: 0.3em; font-size: 0.8125em; color: var(--_soft); font-variant-numeric: tabular-nums; }
.better, .more, .retry {
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 0.4em;
  flex: none;
  margin: 0.6em auto;
  padding: 0.3em 0.9em;
  border: 1px solid var(--_line);
  border-radius: 99px;
  font-size: 0.875em;
  color: var(--_accent);
}
.better {
  position: sticky;
  bottom: 0.75em;
  background: var(--_paper);
  border-color: var(--_accent);
  box-shadow: var(--_shadow);
}
.retry { margin: 0 0 1.25em 1.15em; }
:host([dir='rtl']) .retry, .rtl .retry { margin: 0 1.15em 1.25em 0; }
.better:hover, .more:hover, .retry:hover { background: var(--_active); }
`;

const around = `
.foot {
  flex: none;
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 0.2em 1em;
  min-height: 2.6em;
  padding: 0.35em 1.15em;
  border-top: 1px solid var(--_line);
  font-size: 0.8125em;
  color: var(--_soft);
}
:host([layout='page']) .foot { padding-inline: 0; }
.status { display: flex; align-items: center; gap: 0.7em; min-height: 1.5em; font-variant-numeric: tabular-nums; }
.bar { appearance: none; width: 3.5em; height: 3px; border: 0; border-radius: 3px; overflow: hidden; background: var(--_line); }
.bar::-webkit-progress-bar { background: var(--_line); }
.bar::-webkit-progress-value { background: var(--_accent); transition: width 300ms; }
.bar::-moz-progress-bar { background: var(--_accent); }
.why { min-height: 1.9em; text-decoration: underline; text-decoration-color: var(--_line); text-underline-offset: 0.2em; }
.why:hover, .why[aria-pressed='true'] { color: var(--_accent); text-decoration-color: currentColor; }
@media (max-width: 30em) {
  .keys { display: none; }
  .snippet { -webkit-line-clamp: 3; }
}
@media (prefers-reduced-motion: no-preference) {
  :host(:not([layout])) .panel:not([hidden]) { animation: appear 120ms ease-out; }
  @keyframes appear { from { opacity: 0; transform: translateY(-4px); } }
}
@media (prefers-reduced-motion: reduce) { .bar::-webkit-progress-value { transition: none; } }
@media (forced-colors: active) {
  [aria-selected='true'] { outline: 2px solid Highlight; outline-offset: -2px; }
  mark { background: Mark; color: MarkText; }
  .filter[aria-pressed='true'] { outline: 2px solid Highlight; }
}
@media (prefers-contrast: more) { .snippet, .status, .why-text { color: var(--_ink); } }
`;

export const boxCss = themeCss + baseCss + field + panel + results + filtersCss + around + dialog;
