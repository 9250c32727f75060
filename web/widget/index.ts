// SPDX-License-Identifier: Apache-2.0
/**
 * The search elements: `import 'mayfly/widget'` defines them. On a server it does nothing at all.
 *
 * @module mayfly/widget
 */
import { define } from './element-base.js';
import { MayflySearchModal } from './modal-element.js';
import { MayflySearch } from './search-element.js';

define('mayfly-search', MayflySearch);
define('mayfly-search-modal', MayflySearchModal);

export { MayflySearch, MayflySearchModal };
export type {
  ErrorDetail,
  MayflyEventMap,
  ProgressDetail,
  ResultsDetail,
  SearchDetail,
  SelectDetail,
} from './events.js';
export type { Explain, Explanation } from './explanation.js';
export type { PassageFilters, PassageMetadata } from './corpus-source.js';
export type { PageResult } from './held-order.js';
