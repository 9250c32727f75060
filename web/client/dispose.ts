// SPDX-License-Identifier: Apache-2.0

/** Gives a class `using` and `await using` where the platform has the symbols. */
export function installDispose(prototype: { dispose(): void }): void {
  const define = (symbol: symbol | undefined, value: (this: { dispose(): void }) => unknown) => {
    if (symbol === undefined) return;
    Object.defineProperty(prototype, symbol, { value, configurable: true, writable: true });
  };
  define(Symbol.dispose, function () {
    this.dispose();
  });
  define(Symbol.asyncDispose, async function () {
    this.dispose();
  });
}
