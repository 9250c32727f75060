// SPDX-License-Identifier: Apache-2.0
// Contents that build-single-file.mjs puts in.
declare module 'worker-text' {
  const text: string;
  export default text;
}
declare module '*.wasm.gz' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
