// SPDX-License-Identifier: Apache-2.0
// The package with the static tier's model in Chromium under the strict policy: the same calls.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useHarness, type HarnessWindow } from './harness-page.js';

declare const window: HarnessWindow;
const harness = useHarness({ withStaticModel: true });

test('Mayfly.create takes the static manifest, embeds and searches', async () => {
  const found = await harness.page.evaluate(async () => {
    const engine = await window.mayfly.Mayfly.create({
      model: '/mayfly/models/minilm-static.json',
    });
    const collection = engine.collection();
    await collection.add([
      { id: 'cat', text: 'A kitten was resting on the rug' },
      { id: 'code', text: 'Python is a programming language' },
    ]);
    const { vector } = await engine.embed('a cat asleep');
    const { results } = await collection.search('where does the cat sleep?', {
      k: 1,
      mode: 'semantic',
    });
    const { info } = engine;
    engine.dispose();
    return { id: results[0]?.id, values: vector.length, info };
  });
  assert.equal(found.id, 'cat');
  assert.equal(found.values, found.info.dim);
  assert.equal(found.info.name, 'all-MiniLM-L6-v2-static');
  assert.deepEqual(harness.watched.problems, []);
  await harness.assertNoWorkerLeft();
});
