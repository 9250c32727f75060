// SPDX-License-Identifier: Apache-2.0
// window.siteSearch over <mayfly-search>, through what a visitor has: the box, its keys, its list. Times are
// milliseconds since 1970, which the server's are too.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const box = () => document.querySelector('mayfly-search');
  const input = () => box().shadowRoot.querySelector('input');

  const bestTier = () => (box().hasAttribute('model') ? 'lexical' : 'contextual');

  function put(text) {
    input().value = text;
    input().dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }

  // Calls `see` with each news of results for this query until it returns true.
  function watchResults(query, see) {
    return new Promise((resolve) => {
      const listener = ({ detail }) => {
        if (detail.query !== query || !see(detail)) return;
        removeEventListener('mayfly-results', listener);
        resolve();
      };
      addEventListener('mayfly-results', listener);
    });
  }

  const textIsThere = new Promise((resolve) => {
    addEventListener('mayfly-progress', ({ detail }) => {
      if (detail.stage === 'corpus' && detail.loaded === detail.total) resolve();
    });
  });

  async function visit(query) {
    const marks = { focus: now() };
    const best = bestTier();
    const done = watchResults(query, ({ results, tier }) => {
      if (results.length === 0) return false;
      marks.first ??= now();
      if (tier !== 'lexical') marks.semantic ??= now();
      return tier === best;
    });
    input().focus();
    put(query);
    await Promise.all([done, textIsThere]);
    marks.complete = now();
    return marks;
  }

  async function type(text, pause) {
    const best = bestTier();
    const answered = watchResults(text, ({ results, tier }) => tier === best && results.length > 0);
    input().focus();
    for (let end = 1; end <= text.length; ++end) {
      put(text.slice(0, end));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    await answered;
  }

  // Until the best tier has read all of the site, asking two things in turn.
  async function prepare() {
    if (bestTier() === 'lexical') {
      put('work');
      return textIsThere;
    }
    for (let turn = 0, read = 0; read < 1; ++turn) {
      const query = turn % 2 ? 'work' : 'time';
      const done = watchResults(query, ({ tier, coverage, final }) => {
        if (tier === 'contextual') read = coverage;
        return final;
      });
      put(query);
      await done;
      await new Promise((resolve) => setTimeout(resolve, 2000));
    }
  }

  // Addresses of the pages in the list, the better order taken where one is offered.
  async function ask(question) {
    const done = watchResults(question, ({ final }) => final);
    put(question);
    await done;
    const root = box().shadowRoot;
    root.querySelector('[part~=better]:not([hidden])')?.click();
    await new Promise((resolve) => setTimeout(resolve));
    return [...root.querySelectorAll('.main')].map(({ href }) => new URL(href).pathname.slice(1));
  }

  window.siteSearch = { visit, type, prepare, ask };
})();
