// SPDX-License-Identifier: Apache-2.0
// Queries, answers and what is shown of them, over a session and an engine made up here.
import assert from 'node:assert/strict';
import { mock, test, type TestContext } from 'node:test';
import type { Mayfly } from '../../web/client/index.js';
import type { Passage } from '../../web/widget/corpus-source.js';
import { SearchController } from '../../web/widget/search-controller.js';
import { SearchSession, type Answer } from '../../web/widget/session.js';
import { makeResult } from './widget-result.js';

/** An engine whose answers the test sends one by one. */
class ScriptedEngine {
  /** Thrown by the next searches. */
  readonly failures: Error[] = [];
  readonly queries: {
    query: string;
    options: { filter?: unknown; k?: number; signal: AbortSignal };
  }[] = [];
  disposed = false;
  ready = Promise.resolve();
  #waiting: ((answer: Answer | undefined) => void) | undefined;

  collection() {
    return {
      add: async () => {},
      search: (query: string, options: never) => this.#search(query, options),
    };
  }
  dispose() {
    this.disposed = true;
  }
  async answer(ids: string, more: Partial<Answer> = {}) {
    const results = ids
      .split(' ')
      .filter(Boolean)
      .map((id) => makeResult(id));
    const send = this.#waiting;
    this.#waiting = undefined;
    send?.({ results, tier: 'contextual', coverage: 1, final: false, ...more });
    await settle();
  }
  async *#search(query: string, options: ScriptedEngine['queries'][number]['options']) {
    this.queries.push({ query, options });
    const failure = this.failures.shift();
    if (failure) throw failure;
    for (;;) {
      const answer = await new Promise<Answer | undefined>((resolve) => {
        this.#waiting = resolve;
        options.signal.addEventListener('abort', () => resolve(undefined));
      });
      options.signal.throwIfAborted();
      if (!answer) return;
      yield answer;
      if (answer.final) return;
    }
  }
}

const settle = async () => {
  for (let i = 0; i < 30; i++) await Promise.resolve();
};

const PASSAGE: Passage = { id: '1', text: 'x', metadata: { page: '1', url: '/' } };

function setUp(t: TestContext, chunks?: AsyncIterable<Passage[]>) {
  mock.timers.enable({ apis: ['setTimeout'] });
  let now = 1000;
  const clock = mock.method(performance, 'now', () => now);
  t.after(() => {
    mock.timers.reset();
    clock.mock.restore();
  });
  const engine = new ScriptedEngine();
  const failing = { times: 0 };
  const session = new SearchSession({
    openCorpus: async () => {
      if (failing.times-- > 0) throw new Error('no corpus');
      const all =
        chunks ??
        (async function* () {
          yield [PASSAGE];
        })();
      return { size: 2, base: 'https://example.com/', chunks: () => all };
    },
    createEngine: async () => engine as unknown as Mayfly,
    models: {},
    device: {},
  });
  let changes = 0;
  const controller = new SearchController(session, () => (changes += 1));
  const pass = async (milliseconds: number) => {
    now += milliseconds;
    mock.timers.tick(milliseconds);
    await settle();
  };
  const shown = () => controller.view.results.map(({ id }) => id).join(' ');
  return { engine, session, controller, pass, shown, failing, changes: () => changes };
}

test('the first key stroke is answered at once, the next ones after a pause, stale ones never', async (t) => {
  const { engine, controller, pass, shown } = setUp(t);
  controller.input('l');
  await pass(0);
  controller.input('le');
  await pass(30);
  controller.input('lea ');
  await pass(79);
  assert.deepEqual(
    engine.queries.map(({ query }) => query),
    ['l'],
  );
  assert.ok(engine.queries[0]?.options.signal.aborted);
  await pass(1);
  assert.deepEqual(
    engine.queries.map(({ query }) => query),
    ['l', 'lea'],
  );
  controller.input('lea');
  await pass(500);
  assert.equal(engine.queries.length, 2, 'a space more is no other query');
  await engine.answer('a b');
  assert.equal(shown(), 'a b');
  assert.equal(controller.view.answered, true);
});

test('better answers take the place of those that nobody can have read', async (t) => {
  const { engine, controller, pass, shown } = setUp(t);
  controller.input('leave');
  await pass(0);
  await engine.answer('a b', { tier: 'lexical' });
  await pass(300);
  await engine.answer('b c');
  assert.equal(shown(), 'b c');
  await pass(300);
  await engine.answer('c b d');
  assert.equal(shown(), 'b c d', 'held');
  assert.equal(controller.view.better, true);
  controller.showBetter();
  assert.equal(shown(), 'c b d');
  assert.equal(controller.view.better, false);
});

test('what is looked at is held at once', async (t) => {
  const { engine, controller, pass, shown } = setUp(t);
  controller.input('leave');
  await pass(0);
  await engine.answer('a b');
  controller.reading();
  await engine.answer('b a');
  assert.equal(shown(), 'a b');
});

test('a static tier that knows a part only does not replace what is shown', async (t) => {
  const { engine, controller, pass, shown } = setUp(t);
  controller.input('leave');
  await pass(0);
  await engine.answer('a b', { tier: 'lexical' });
  await engine.answer('', { tier: 'static', coverage: 0 });
  assert.equal(shown(), 'a b');
  await engine.answer('b', { tier: 'static', coverage: 1 });
  assert.equal(shown(), 'b');
});

test('the old results stay until the new query is answered', async (t) => {
  const { engine, controller, pass, shown } = setUp(t);
  controller.input('leave');
  await pass(0);
  await engine.answer('a');
  await pass(1000);
  controller.input('travel');
  await pass(0);
  assert.equal(shown(), 'a');
  assert.equal(controller.view.answered, false);
  await engine.answer('b');
  assert.equal(shown(), 'b');
  await pass(1000);
  controller.input('');
  assert.equal(controller.view.state, 'empty');
  assert.equal(shown(), '');
});

test('while text is coming the search is asked again, and its silence is none', async (t) => {
  const steps: (() => void)[] = [];
  const chunks = (async function* () {
    yield [PASSAGE];
    await new Promise<void>((resolve) => steps.push(resolve));
    yield [{ ...PASSAGE, id: '2' }];
  })();
  const { engine, controller, pass, shown } = setUp(t, chunks);
  controller.input('leave');
  await pass(0);
  await engine.answer('', { final: true, tier: 'lexical' });
  assert.equal(controller.view.state, 'waiting');
  steps[0]?.();
  await settle();
  assert.equal(engine.queries.length, 2);
  await engine.answer('a', { final: true });
  assert.equal(shown(), 'a');
});

test('nothing found is nothing only when all text is there', async (t) => {
  const { engine, controller, pass } = setUp(t);
  controller.input('leave');
  await pass(0);
  await engine.answer('', { final: true });
  assert.equal(controller.view.state, 'nothing');
});

test('filters and the number of pages go with the query', async (t) => {
  const { engine, controller, pass } = setUp(t);
  controller.input('leave');
  await pass(0);
  await engine.answer('a b c d e f g h i j');
  assert.equal(controller.view.more, true);
  controller.showMore();
  await settle();
  assert.equal(engine.queries.at(-1)?.options.k, 20);
  controller.choose(new Map([['kind', new Set(['guide'])]]));
  await settle();
  assert.deepEqual(engine.queries.at(-1)?.options.filter, { 'filter:kind': ['guide'] });
  assert.equal(engine.queries.at(-1)?.options.k, 10);
});

test('a failure is shown, and tried again', async (t) => {
  const { engine, controller, pass, shown, failing, session } = setUp(t);
  failing.times = 1;
  controller.input('leave');
  await pass(0);
  assert.equal(controller.view.state, 'error');
  assert.match(String(controller.view.error), /no corpus/);
  controller.retry();
  await settle();
  await engine.answer('a');
  assert.equal(shown(), 'a');
  session.dispose();
  assert.ok(engine.disposed);
  assert.equal(session.state.phase, 'idle');
});

test('a crash of the worker is met by asking again, once', async (t) => {
  const { engine, controller, pass, shown } = setUp(t);
  const crash = () => Object.assign(new Error('crashed'), { code: 'worker-crashed' });
  engine.failures.push(crash());
  controller.input('leave');
  await pass(0);
  await engine.answer('a');
  assert.equal(shown(), 'a');
  engine.failures.push(crash(), crash());
  controller.input('travel');
  await pass(1000);
  assert.equal(controller.view.state, 'error');
});
