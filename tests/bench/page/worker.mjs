// SPDX-License-Identifier: Apache-2.0
// One peer in one worker: {open: {module, options}}, then {embed: item} as often as wanted. The
// time is taken here, so that no message counts.
let embed;

const handlers = {
  async open({ module, options }) {
    const peer = await import(module);
    const begin = performance.now();
    embed = await peer.open(options);
    return { ms: performance.now() - begin };
  },
  async embed(item) {
    const begin = performance.now();
    const vector = await embed(item);
    return { ms: performance.now() - begin, vector };
  },
};

self.onmessage = async ({ data: { name, argument } }) => {
  try {
    self.postMessage({ value: await handlers[name](argument) });
  } catch (error) {
    self.postMessage({ error: String(error?.stack ?? error) });
  }
};
