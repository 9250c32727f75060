// SPDX-License-Identifier: Apache-2.0
// The look of `<mayfly-search-modal>`: its trigger and its dialog.
import { baseCss, themeCss } from './theme.js';

const css = `
:host { display: inline-block; }
.trigger {
  display: inline-flex;
  align-items: center;
  gap: 0.6em;
  min-height: 2.5em;
  padding-inline: 0.85em 0.6em;
  background: var(--_paper);
  border: 1px solid var(--_line);
  border-radius: var(--_radius);
  color: var(--_soft);
}
.trigger:hover { border-color: var(--_accent); color: var(--_ink); }
.trigger-label { margin-inline-end: 1em; }
dialog {
  width: min(var(--mayfly-dialog-width, 42rem), calc(100vw - 2rem));
  max-width: none;
  height: fit-content;
  max-height: min(var(--mayfly-dialog-height, 44rem), calc(100dvh - 2 * clamp(1rem, 10vh, 6rem)));
  margin: clamp(1rem, 10vh, 6rem) auto auto;
  padding: 0;
  overflow: hidden;
  border: 1px solid var(--_line);
  border-radius: calc(var(--_radius) + 4px);
  background: var(--_paper);
  color: var(--_ink);
  box-shadow: var(--_shadow);
}
dialog[open] { display: flex; flex-direction: column; }
dialog::backdrop { background: #10182066; }
mayfly-search { flex: 1; min-height: 0; }
.close { position: absolute; inset-block-start: 0; inset-inline-end: 0.9em; display: grid; place-items: center; height: 3.5em; border-radius: 6px; }

@media (hover: none) {
  .close kbd { display: none; }
  .close span { position: static; width: auto; clip-path: none; font-size: 0.875em; color: var(--_accent); }
}
.close:hover kbd { color: var(--_ink); border-color: var(--_soft); }
@media (max-width: 30em) {
  .trigger kbd { display: none; }
  .trigger-label { margin-inline-end: 0.25em; }
  dialog {
    width: 100vw;
    height: 100dvh;
    max-height: none;
    margin: 0;
    border: 0;
    border-radius: 0;
  }
}
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: appear 140ms ease-out; }
  @keyframes appear { from { opacity: 0; transform: translateY(-6px); } }
}
`;

export const modalCss = themeCss + baseCss + css;
