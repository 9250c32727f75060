// SPDX-License-Identifier: Apache-2.0
// Pages with `require-trusted-types-for 'script'` let workers start only from trusted addresses.

interface Policy {
  createScriptURL(url: string): unknown;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

/** The name to allow in the page's policy: `trusted-types mayfly`. */
const POLICY_NAME = 'mayfly';

let policy: Policy | undefined;

/** Trusts this one address, where the browser or the page asks for that. */
export function trustUrl(workerUrl: string): string {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  try {
    policy ??= factory?.createPolicy(POLICY_NAME, {
      createScriptURL(url) {
        if (url === workerUrl) return url;
        throw new TypeError(`mayfly trusts ${workerUrl} only`);
      },
    });
  } catch {
    // Not allowed by the page: where trusted types are demanded as well, making the worker will say so.
  }
  return (policy?.createScriptURL(workerUrl) ?? workerUrl) as string;
}

/** Makes the package's worker from the file beside `moduleUrl`. */
export function trustedWorkerMaker(moduleUrl: string): () => Worker {
  const url = new URL('./worker.js', moduleUrl).href;
  return () => new Worker(trustUrl(url), { type: 'module', name: 'mayfly' });
}
