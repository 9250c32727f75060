// SPDX-License-Identifier: Apache-2.0
import { closestMatch } from 'leven';

/** The known name that a misspelt one is close to, or undefined. */
export function closest(name: string, known: readonly string[]): string | undefined {
  const maxDistance = Math.max(1, Math.ceil(name.length / 3));
  return closestMatch(name, [...known], { maxDistance });
}
