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

/** A policy that trusts this one address; undefined where the browser or the page has none of it. */
function policyFor(workerUrl: string): Policy | undefined {
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
  return policy;
}

/** Makes the package's worker from the file beside `moduleUrl`. */
export function trustedWorkerMaker(moduleUrl: string): () => Worker {
  const url = new URL('./worker.js', moduleUrl).href;
  return () => {
    const trusted = (policyFor(url)?.createScriptURL(url) ?? url) as string;
    return new Worker(trusted, { type: 'module', name: 'mayfly' });
  };
}
