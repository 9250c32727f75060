// SPDX-License-Identifier: Apache-2.0
// node run.mjs [SUITE...] [options]: `./dev bench --help` describes them. Prints each suite's table, its JSON
// and how its ratios compare with the checked-in ones.
import { parseArgs } from 'node:util';
import { resultFile } from './places.mjs';
import { compareRatios, describeRegression, hasRegression } from './regression.mjs';
import { mergeReports, readReport, writeReport } from './report.mjs';
import { suites } from './suites.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string' },
    peers: { type: 'string' },
    vectors: { type: 'string' },
    json: { type: 'string' },
    save: { type: 'boolean', default: false },
    smoke: { type: 'boolean', default: false },
    'fail-on-regression': { type: 'boolean', default: false },
  },
});

function chosenSuites() {
  if (positionals.length === 0) return suites;
  return positionals.map((id) => {
    const suite = suites.find((one) => one.id === id);
    if (!suite) throw new Error(`there is no suite "${id}"; known: ${suites.map((s) => s.id)}`);
    return suite;
  });
}

// Of a suite's peers those that --peers names; a suite that knows none of them keeps all.
function only(peers) {
  if (!options.peers) return peers;
  const wanted = options.peers.split(',');
  const kept = peers.filter((peer) => wanted.includes(peer.id));
  if (kept.length === 0) {
    throw new Error(`none of "${options.peers}" is known here; known: ${peers.map((p) => p.id)}`);
  }
  return kept;
}

function roundsOf({ id, rounds, minimumRounds }) {
  if (options.smoke) return 1;
  const wanted = options.rounds === undefined ? rounds : Number(options.rounds);
  if (minimumRounds > 1 && !(Number.isInteger(wanted) && wanted >= minimumRounds)) {
    throw new Error(`--rounds must be at least ${minimumRounds} for ${id}`);
  }
  return wanted;
}

async function runSuite(suite) {
  const rounds = roundsOf(suite);
  const { run, print } = await import(suite.module);
  const { smoke, vectors } = options;
  process.stderr.write(`\n== ${suite.id}\n`);
  const measured = await run({ rounds, smoke, only, vectors });
  const report = { suite: suite.id, command: `./dev bench ${suite.id}`, rounds, ...measured };
  print(report);
  const checkedIn = readReport(resultFile(suite.id));
  const regression = compareRatios(checkedIn?.ratios ?? [], report.ratios);
  console.log(`\n${describeRegression(regression).join('\n')}\n`);
  if (options.save) writeReport(resultFile(suite.id), mergeReports(checkedIn, report));
  return { report, worse: hasRegression(regression) };
}

async function main() {
  const chosen = chosenSuites();
  if (options.save && (options.smoke || options.peers)) {
    throw new Error('--save keeps whole runs only: leave --smoke and --peers out');
  }
  chosen.forEach(roundsOf); // all complaints before the first minute is spent
  const done = [];
  for (const suite of chosen) {
    done.push(await runSuite(suite));
    const reports = done.map(({ report }) => report);
    const whole =
      chosen.length === 1
        ? reports[0]
        : { suites: Object.fromEntries(reports.map((one) => [one.suite, one])) };
    if (options.json) writeReport(options.json, whole); // what is done stays, whatever comes
    if (done.length === chosen.length) console.log(JSON.stringify(whole, null, 2));
  }
  if (options['fail-on-regression'] && done.some(({ worse }) => worse)) process.exitCode = 1;
}

main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exit(1);
});
