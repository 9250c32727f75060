// SPDX-License-Identifier: Apache-2.0

/** Asks for `callback` in a later turn of the event loop, after messages that have arrived. */
export interface EventLoopTurn {
  request(): void;
  close(): void;
}

/**
 * Timers would wait 4 ms after a few rounds, so browsers take a MessageChannel: one message, one
 * turn. Node empties a whole port in one turn, which would starve all others: setImmediate there.
 */
export function makeEventLoopTurn(callback: () => void): EventLoopTurn {
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  if (setImmediate) return { request: () => void setImmediate(callback), close: () => {} };
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = callback;
  return { request: () => port2.postMessage(null), close: () => port1.close() };
}
