// SPDX-License-Identifier: Apache-2.0
// The look of the filters above the results: one line each, whatever there is.
export const filtersCss = `
.filters {
  flex: none;
  padding-block: 0.55em;
  border-bottom: 1px solid var(--_line);
  font-size: 0.8125em;
}
.filter-row {
  display: flex;
  align-items: center;
  gap: 0.4em;
  padding: 2px 1.4em;
  overflow: auto;
  scrollbar-width: none;
  white-space: nowrap;
  mask: linear-gradient(to right, #0000, #000 1.4em calc(100% - 1.4em), #0000);
}
:host([layout='page']) .filter-row { padding-inline: 0; flex-wrap: wrap; mask: none; }
.filter-row + .filter-row { margin-top: 0.25em; }
.filter-name { color: var(--_soft); margin-inline-end: 0.25em; text-transform: capitalize; }
.filter { display: inline-flex; align-items: center; gap: 0.45em; flex: none; padding: 0.15em 0.7em; border: 1px solid var(--_line); border-radius: 99px; min-height: 1.9em; }
.filter:hover { background: var(--_active); }
.filter[aria-pressed='true'] {
  border-color: var(--_accent);
  background: var(--_active);
  color: var(--_accent);
  font-weight: 600;
}
.count { color: var(--_soft); font-weight: 400; font-variant-numeric: tabular-nums; }
`;
