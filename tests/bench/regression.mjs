// SPDX-License-Identifier: Apache-2.0
// This run's ratios beside the checked-in ones. Times of two machines do not compare; how many times
// faster than its peers Mayfly is nearly does.

// A change that is smaller is never called one: the same code on the same machine differs that much from
// one start of the browser to the next.
const smallestChange = 0.05;

// Ratios are {id, title, value, error}, higher is better for Mayfly, `error` relative. Gives one row per id
// of either list: {id, title, before, now, change, verdict}, verdict 'better', 'same', 'worse', 'new'
// or 'gone'. A change beyond two standard errors of both together counts.
export function compareRatios(before, now) {
  const old = new Map(before.map((ratio) => [ratio.id, ratio]));
  const rows = now.map((ratio) => {
    const { id, title, value } = ratio;
    const was = old.get(id);
    if (!was) return { id, title, now: value, verdict: 'new' };
    const change = value / was.value - 1;
    const noise = Math.max(smallestChange, 2 * Math.hypot(ratio.error ?? 0, was.error ?? 0));
    const verdict = Math.abs(change) <= noise ? 'same' : change > 0 ? 'better' : 'worse';
    return { id, title, before: was.value, now: value, change, verdict };
  });
  const present = new Set(now.map((ratio) => ratio.id));
  const gone = before
    .filter((ratio) => !present.has(ratio.id))
    .map(({ id, title, value }) => ({ id, title, before: value, verdict: 'gone' }));
  return [...rows, ...gone];
}

const marks = {
  better: '+ better',
  same: '= same within noise',
  worse: '! WORSE',
  new: '  new',
  gone: '  not in this run',
};

// Lines to print, the title first.
export function describeRegression(rows) {
  const width = Math.max(0, ...rows.map((row) => row.title.length));
  const number = (value) => (value === undefined ? '-' : value.toFixed(2)).padStart(8);
  const percent = (change) =>
    change === undefined ? '' : `${change < 0 ? '' : '+'}${(change * 100).toFixed(1)} %`;
  return [
    `${'times Mayfly'.padEnd(width)}  checked in      now    change`,
    ...rows.map(
      (row) =>
        `${row.title.padEnd(width)}    ${number(row.before)} ${number(row.now)} ` +
        `${percent(row.change).padStart(9)}  ${marks[row.verdict]}`,
    ),
  ];
}

export const hasRegression = (rows) => rows.some((row) => row.verdict === 'worse');
