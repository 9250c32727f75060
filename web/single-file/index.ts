// SPDX-License-Identifier: Apache-2.0
// What the global `mayfly` of mayfly.min.js holds; loading the script defines the search elements too.
export * from '../client/index.js';
export { CorpusError, openCorpus } from '../corpus/reader.js';
export { MayflySearch, MayflySearchModal } from '../widget/index.js';
