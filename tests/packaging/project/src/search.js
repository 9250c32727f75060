// SPDX-License-Identifier: Apache-2.0
// One source for every bundler: writes into the page what the engine finds, or why it does not.
import { Mayfly } from 'mayfly';
import minilmStatic from 'mayfly/minilm-static';

async function answer() {
  const engine = await Mayfly.create({ staticModel: minilmStatic });
  const pages = engine.collection();
  await pages.add([
    { id: 'leave', title: 'Leave', text: 'Twelve weeks of parental leave.' },
    { id: 'laptop', title: 'Equipment', text: 'Report lost devices to the service desk.' },
    { id: 'travel', title: 'Travel', text: 'Book trains rather than flights.' },
  ]);
  const { results, tier } = await pages.search('time off for a new baby');
  const [cat, kitten] = await engine.embed([
    'The cat sat on the mat',
    'A kitten was resting on the rug',
  ]);
  const cosine = cat.vector.reduce((sum, value, i) => sum + value * kitten.vector[i], 0);
  return { best: results[0]?.id, tier, tiers: engine.tiers, cosine };
}

function show(outcome) {
  document.querySelector('output').textContent = JSON.stringify(outcome);
}

answer().then(show, (error) => show({ error: `${error}`, cause: `${error.cause}` }));
