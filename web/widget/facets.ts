// SPDX-License-Identifier: Apache-2.0
import type { Filter } from 'mayfly';
import type { PassageFilters } from './corpus-source.js';

/** Chosen values by filter. Of one filter any may hold, of several all must. */
export type FilterChoice = ReadonlyMap<string, ReadonlySet<string>>;

export interface FacetValue {
  readonly value: string;
  /** Pages that have it, among those that the other filters leave. */
  readonly count: number;
  readonly chosen: boolean;
}

export interface Facet {
  readonly name: string;
  readonly values: readonly FacetValue[];
}

/** Filters stand in the metadata under this prefix, so that `page` or `url` may be one's name. */
const KEY_PREFIX = 'filter:';

export function filterMetadata(filters: PassageFilters | undefined): Record<string, unknown> {
  const entries = Object.entries(filters ?? {});
  return Object.fromEntries(entries.map(([name, value]) => [KEY_PREFIX + name, value]));
}

/** As `collection.search` wants it; undefined where nothing is chosen. */
export function toFilter(choice: FilterChoice): Filter | undefined {
  const chosen = [...choice].filter(([, values]) => values.size > 0);
  if (chosen.length === 0) return undefined;
  return Object.fromEntries(chosen.map(([name, values]) => [KEY_PREFIX + name, [...values]]));
}

/** The pages of a corpus and their filters, to count. */
export class FacetTable {
  /** By page, by filter. */
  readonly #pages = new Map<string, Map<string, Set<string>>>();
  /** The last answer, which is asked for at every key stroke. */
  #last: { choice: FilterChoice; language: string; facets: Facet[] } | undefined;

  add(page: string, filters: PassageFilters | undefined): void {
    this.#last = undefined;
    let known = this.#pages.get(page);
    if (!known) this.#pages.set(page, (known = new Map()));
    for (const [name, value] of Object.entries(filters ?? {})) {
      let values = known.get(name);
      if (!values) known.set(name, (values = new Set()));
      for (const one of typeof value === 'string' ? [value] : value) values.add(one);
    }
  }

  /** Filters by name; values by count, then by name in `language`. Chosen ones are always there. */
  facets(choice: FilterChoice, language: string): readonly Facet[] {
    if (this.#last?.choice !== choice || this.#last.language !== language) {
      this.#last = { choice, language, facets: this.#count(choice, language) };
    }
    return this.#last.facets;
  }

  #count(choice: FilterChoice, language: string): Facet[] {
    const counts = new Map<string, Map<string, number>>();
    for (const filters of this.#pages.values()) {
      for (const [name, values] of filters) {
        const ofFilter = counts.get(name) ?? new Map<string, number>();
        counts.set(name, ofFilter);
        const counted = passes(filters, choice, name) ? 1 : 0;
        for (const value of values) ofFilter.set(value, (ofFilter.get(value) ?? 0) + counted);
      }
    }
    const byName = new Intl.Collator(language, { numeric: true });
    return [...counts]
      .map(([name, ofFilter]) => ({
        name,
        values: [...ofFilter]
          .map(([value, count]) => ({ value, count, chosen: !!choice.get(name)?.has(value) }))
          .sort((a, b) => b.count - a.count || byName.compare(a.value, b.value)),
      }))
      .sort((a, b) => byName.compare(a.name, b.name));
  }
}

/** Whether a page passes all filters but one. */
function passes(
  filters: ReadonlyMap<string, ReadonlySet<string>>,
  choice: FilterChoice,
  except: string,
): boolean {
  for (const [name, wanted] of choice) {
    if (name === except || wanted.size === 0) continue;
    const values = filters.get(name);
    if (!values || ![...wanted].some((value) => values.has(value))) return false;
  }
  return true;
}
