// SPDX-License-Identifier: Apache-2.0
// What a suite's run leaves behind: {suite, command, unit, rounds, machine, versions, peers, results, ratios}.
// `results` has one row per measured thing, {id, title, peers: {peer: figures}}; `ratios` what the next run
// is compared with (regression.mjs).
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { here } from './places.mjs';

// CPUs that this process may use: `taskset` leaves fewer than the machine has.
function allowedCpus() {
  try {
    return Number(execFileSync('nproc', { encoding: 'utf8' }));
  } catch {
    return os.availableParallelism?.() ?? os.cpus().length;
  }
}

export function describeMachine(browser) {
  return {
    cpu: os.cpus()[0].model,
    cores: os.cpus().length,
    cores_allowed: allowedCpus(),
    node: process.versions.node,
    ...(browser && { chromium: browser.version() }),
  };
}

// {package: version} of what is installed; a path such as 'a/node_modules/b' names a package within one.
export function versionsOf(packages) {
  return Object.fromEntries(
    packages.map((name) => {
      const file = path.join(here, 'node_modules', name, 'package.json');
      return [name, JSON.parse(readFileSync(file, 'utf8')).version];
    }),
  );
}

export function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export function writeReport(file, report) {
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, JSON.stringify(report, null, 2) + '\n');
}

const sameThings = (a, b) => JSON.stringify(a) === JSON.stringify(b);

function mergeById(before, now) {
  const fresh = new Map(now.map((one) => [one.id, one]));
  const kept = before.map((one) => fresh.get(one.id) ?? one);
  const known = new Set(before.map((one) => one.id));
  return [...kept, ...now.filter((one) => !known.has(one.id))];
}

// The new report with those rows of the old one that it has not measured again: a suite may be run a
// part at a time. Figures of another machine, browser or version are not mixed in: then `now` alone.
export function mergeReports(before, now) {
  const same =
    before !== undefined &&
    before.suite === now.suite &&
    sameThings(before.machine, now.machine) &&
    sameThings(before.versions, now.versions);
  if (!same) return now;
  return {
    ...now,
    ...(now.peers && { peers: mergeById(before.peers ?? [], now.peers) }),
    results: mergeById(before.results, now.results),
    ratios: mergeById(before.ratios, now.ratios),
  };
}
