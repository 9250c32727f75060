// SPDX-License-Identifier: Apache-2.0

/** Of this script: models and corpus are looked for beside it. Known only while it runs for the first time. */
export const scriptAddress: string =
  (globalThis.document?.currentScript as HTMLScriptElement | null | undefined)?.src ||
  globalThis.document?.baseURI;
