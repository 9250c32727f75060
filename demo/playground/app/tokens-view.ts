// SPDX-License-Identifier: Apache-2.0
import type { Tokenization } from 'mayfly';
import { element, make } from '../../site/app/elements.js';

const section = element('tokens', HTMLElement);
const list = element('token-list', HTMLOListElement);

/** The model's own tokens stand for no text. */
const isMarker = ([begin, end]: readonly [number, number]) => begin === end;

export function showTokens(texts: readonly string[], tokenized: readonly Tokenization[]): void {
  section.hidden = texts.length === 0;
  list.replaceChildren(
    ...texts.map((text, place) => oneSentence(text, tokenized[place] as Tokenization)),
  );
}

function oneSentence(text: string, { ids, tokens, offsets, dropped }: Tokenization): HTMLLIElement {
  const item = make('li', '', '');
  const counts = `${tokens.length} tokens${dropped > 0 ? `, ${dropped} more are not read` : ''}`;
  const chips = make('ul', 'tokens', '');
  chips.setAttribute('aria-label', `Tokens of "${text}"`);
  chips.append(
    ...tokens.map((token, i) => {
      const offset = offsets[i] as readonly [number, number];
      const chip = make('li', isMarker(offset) ? 'marker' : '', token);
      // A space, so that readers do not run the token and its number together.
      chip.append(' ', make('small', '', String(ids[i])));
      return chip;
    }),
  );
  item.append(make('span', '', text), ' ', make('span', 'note', counts), chips);
  return item;
}
