// SPDX-License-Identifier: Apache-2.0
// One peer in one worker: {open: {module, options}}, then {call: {method, argument}} as often as wanted.
// The time is taken here, so that no message counts. `memory` and `threads` are those of the whole
// worker, whoever made them.
const memories = new Set();
let startedWorkers = 0;
let peer;

function keepMemories(instance) {
  for (const value of Object.values(instance.exports)) {
    if (value instanceof WebAssembly.Memory) memories.add(value);
  }
  return instance;
}

// Every library makes its instance by one of these three, or passes a memory in.
function watchWebAssembly() {
  const { Instance, Memory, instantiate, instantiateStreaming } = WebAssembly;
  const watched = async (made) => {
    const result = await made;
    keepMemories(result instanceof Instance ? result : result.instance);
    return result;
  };
  WebAssembly.instantiate = (...all) => watched(instantiate(...all));
  WebAssembly.instantiateStreaming = (...all) => watched(instantiateStreaming(...all));
  WebAssembly.Instance = new Proxy(Instance, {
    construct: (target, all) => keepMemories(new target(...all)),
  });
  WebAssembly.Memory = new Proxy(Memory, {
    construct(target, all) {
      const memory = new target(...all);
      memories.add(memory);
      return memory;
    },
  });
}

function watchWorkers() {
  self.Worker = new Proxy(self.Worker, {
    construct(target, all) {
      ++startedWorkers;
      return new target(...all);
    },
  });
}

const handlers = {
  async open({ module, options }) {
    const { open } = await import(module);
    const begin = performance.now();
    peer = await open(options);
    return { ms: performance.now() - begin };
  },
  async call({ method, argument }) {
    const begin = performance.now();
    const value = await peer[method](argument);
    return { ms: performance.now() - begin, value };
  },
  state() {
    const bytes = [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
    return { wasmBytes: bytes, startedWorkers, isolated: self.crossOriginIsolated };
  },
};

watchWebAssembly();
watchWorkers();
self.onmessage = async ({ data: { name, argument } }) => {
  try {
    self.postMessage({ value: await handlers[name](argument) });
  } catch (error) {
    self.postMessage({ error: String(error?.stack ?? error) });
  }
};
