// SPDX-License-Identifier: Apache-2.0
// Writes into the page what an engine with these options finds, or why it does not.
async function answer(Mayfly, options) {
  const engine = await Mayfly.create(options);
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

export function showAnswer(Mayfly, options) {
  answer(Mayfly, options).then(show, (error) =>
    show({ error: `${error}`, code: error.code, cause: `${error.cause}` }),
  );
}
