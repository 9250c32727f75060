// SPDX-License-Identifier: Apache-2.0
// Pages with `require-trusted-types-for 'script'` let workers start only from trusted addresses.

interface Policy {
  createScriptURL(url: string): unknown;
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

/** Stays in this module, which trusts the address of the package's own worker and nothing else. */
let policy: Policy | undefined;

/** For `new Worker`, under the policy that the page allows by `trusted-types mayfly`. */
export function trustedUrl(url: string): string {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  try {
    policy ??= factory?.createPolicy('mayfly', { createScriptURL: (own) => own });
  } catch {
    // Not allowed by the page: where trusted types are demanded as well, making the worker will say so.
  }
  return (policy?.createScriptURL(url) ?? url) as string;
}
