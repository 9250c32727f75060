// SPDX-License-Identifier: Apache-2.0
// The page's record of a collection beside a plain one, through random changes that are taken back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DocumentLedger, type Applied } from '../../web/client/document-ledger.js';
import type { PackedDocument } from '../../web/client/documents.js';

function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

let versions = 0;
const document = (id: string): PackedDocument => ({
  id,
  text: `version ${++versions}`,
  metadata: '',
  title: '',
  headings: '',
});

/** A change in the oracle: what was applied, unless it was taken back, in order. */
type Change =
  | { kind: 'apply'; documents: readonly PackedDocument[]; applied: Applied; gone: boolean }
  | { kind: 'remove'; ids: string[] };

/** All changes from the beginning without those that were taken back; an update never adds. */
function replay(changes: Change[]): Map<string, string> {
  const there = new Map<string, string>();
  for (const change of changes) {
    if (change.kind === 'remove') for (const id of change.ids) there.delete(id);
    else if (!change.gone) for (const { id, text } of change.documents) there.set(id, text);
  }
  return there;
}

test('taken back in any order, changes leave what the others alone would have left', (t) => {
  const seed = Date.now() >>> 0;
  t.diagnostic(`seed ${seed}`);
  const below = random(seed);
  const names = ['a', 'b', 'c', 'd'];
  for (let round = 0; round < 2000; round++) {
    const ledger = new DocumentLedger(true);
    const changes: Change[] = [];
    // What the worker has: told by `TakenBack` what to do.
    const worker = new Map<string, string>();
    for (let step = 0; step < 12; step++) {
      const what = `seed ${seed}, round ${round}, step ${step}`;
      const open = changes.filter((one) => one.kind === 'apply' && !one.gone);
      const kind = below(4);
      if (kind === 0 && open.length > 0) {
        const change = open[below(open.length)] as Extract<Change, { kind: 'apply' }>;
        // An add under later updates: those become adds themselves, which replay has them be.
        change.gone = true;
        const { remove, replace } = ledger.takeBack(change.applied);
        for (const id of remove) worker.delete(id);
        for (const { id, text } of replace) worker.set(id, text);
      } else if (kind === 1) {
        const ids = names.filter(() => below(3) === 0);
        ledger.removed(ids, ids.filter((id) => worker.delete(id)).length);
        changes.push({ kind: 'remove', ids });
      } else {
        const update = worker.size > 0 && below(2) === 0;
        const ids = names.filter((id) => worker.has(id) === update && below(2) === 0);
        const documents = ids.map(document);
        const applied = ledger.apply(documents, update);
        for (const { id, text } of documents) worker.set(id, text);
        changes.push({ kind: 'apply', documents, applied, gone: false });
      }
      const expected = [...replay(changes)].sort();
      assert.deepEqual((ledger.all ?? []).map(({ id, text }) => [id, text]).sort(), expected, what);
      assert.deepEqual([...worker].sort(), expected, `${what}: the worker`);
      assert.equal(ledger.size, expected.length, what);
    }
  }
});

test('documents that are not kept are counted, and known only while they can be taken back', () => {
  const ledger = new DocumentLedger(false);
  const [a, b] = [document('a'), document('b')];
  const first = ledger.apply([a, b], false);
  assert.deepEqual([ledger.size, ledger.all, ledger.get('a')], [2, undefined, undefined]);
  assert.ok(ledger.has(a));
  ledger.close(first);
  assert.ok(!ledger.has(a), 'forgotten');
  const second = ledger.apply([document('c'), document('d')], false);
  ledger.removed(['c'], 1);
  assert.deepEqual(ledger.takeBack(second), { remove: ['d'], replace: [] });
  ledger.removed(['d'], 1);
  assert.equal(ledger.size, 2);
  const update = ledger.apply([document('a')], true);
  assert.deepEqual(
    ledger.takeBack(update),
    { remove: [], replace: [] },
    'what it was is not known',
  );
  assert.equal(ledger.size, 2);
});

test('after its end a ledger learns nothing', () => {
  const ledger = new DocumentLedger(true);
  ledger.apply([document('a')], false);
  ledger.end();
  ledger.apply([document('b')], false);
  ledger.removed(['a'], 1);
  assert.deepEqual([ledger.size, ledger.all], [0, []]);
});
