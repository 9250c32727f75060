// SPDX-License-Identifier: Apache-2.0
// One peer from nothing to its first vector, in a page that has just been opened; startup.html only.
window.startup = {
  // {import_ms: of the library's code, ms: from there to the vector, vector}.
  async run({ module, library, options }, item) {
    const { open } = await import(module); // ours, a few lines: not counted
    const begin = performance.now();
    await import(library);
    const imported = performance.now();
    const peer = await open(options);
    const [vector] = await peer.embed({ items: [item], batch: 1 });
    const end = performance.now();
    return { import_ms: imported - begin, ms: end - imported, vector: [...vector] };
  },
};
