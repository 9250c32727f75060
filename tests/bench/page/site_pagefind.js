// SPDX-License-Identifier: Apache-2.0
// window.siteSearch over Pagefind's own script, which its interfaces use: nothing is drawn, nothing waits for a
// pause in typing but where `type` does as they do.
(() => {
  const now = () => performance.timeOrigin + performance.now();
  // As many as its interfaces load for the first screen.
  const SHOWN = 5;
  let loading;
  const load = () =>
    (loading ??= import('/pagefind/pagefind.js').then(async (pagefind) => {
      await pagefind.init();
      return pagefind;
    }));

  async function pagesOf(found) {
    const pages = await Promise.all(found.results.slice(0, SHOWN).map((result) => result.data()));
    return pages.map(({ url }) => url.replace(/^\//, ''));
  }

  async function visit(query) {
    const focus = now();
    const pagefind = await load();
    const pages = await pagesOf(await pagefind.search(query));
    if (pages.length === 0) throw new Error(`Pagefind finds nothing for "${query}"`);
    const first = now();
    return { focus, first, complete: first };
  }

  async function type(text, pause) {
    const pagefind = await load();
    let last;
    for (let end = 1; end <= text.length; ++end) {
      last = pagefind
        .debouncedSearch(text.slice(0, end), {})
        .then((found) => found && pagesOf(found));
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    await last;
  }

  const prepare = () => load().then(() => {});
  const ask = async (question) => pagesOf(await (await load()).search(question));

  window.siteSearch = { visit, type, prepare, ask };
})();
