// SPDX-License-Identifier: Apache-2.0
// What can be measured, in the order in which `./dev bench` runs it. `module` exports `run(options)`, which
// gives the report's unit, machine, versions, peers, results and ratios (report.mjs), and `print(report)`.
// `rounds` is the default; fewer than `minimumRounds` say too little about a median.
export const suites = [
  { id: 'embed', module: './suites/embed.mjs', rounds: 20, minimumRounds: 15 },
  { id: 'kernel', module: './suites/kernel.mjs', rounds: 20, minimumRounds: 15 },
  { id: 'startup', module: './suites/startup.mjs', rounds: 15, minimumRounds: 9 },
  { id: 'size', module: './suites/size.mjs', rounds: 1, minimumRounds: 1 },
  { id: 'search', module: './suites/search.mjs', rounds: 9, minimumRounds: 5 },
  { id: 'site', module: './suites/site.mjs', rounds: 5, minimumRounds: 5 },
  { id: 'quality', module: './suites/quality.mjs', rounds: 1, minimumRounds: 1 },
];
