// SPDX-License-Identifier: Apache-2.0

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

export function decodeEntities(text) {
  return text.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name) => ENTITIES[name]);
}

const tidy = (text) => text.replace(/[ \t\n]+/g, ' ').trim();

/** The words of inline tokens, without markup, images and addresses. */
export function inlineText(tokens) {
  return (tokens ?? [])
    .map((token) => {
      if (token.type === 'br') return ' ';
      if (token.type === 'image' || token.type === 'html') return '';
      if (token.tokens) return inlineText(token.tokens);
      return decodeEntities(token.text ?? '');
    })
    .join('');
}

/** The lines of a block token: paragraphs one, lists one per item, tables one per row. */
export function blockLines(token) {
  switch (token.type) {
    case 'paragraph':
    case 'text':
      return [tidy(token.tokens ? inlineText(token.tokens) : decodeEntities(token.text))];
    case 'list':
      return token.items.flatMap((item) => {
        const [first = '', ...rest] = item.tokens.flatMap(blockLines);
        return [`• ${first}`, ...rest.map((line) => (line.startsWith('•') ? line : `  ${line}`))];
      });
    case 'blockquote':
      return token.tokens.flatMap(blockLines);
    case 'table':
      return [token.header, ...token.rows].map((row) =>
        row
          .map((cell) => tidy(inlineText(cell.tokens)))
          .filter(Boolean)
          .join(' · '),
      );
    case 'code':
      return token.text.split('\n');
    case 'html':
      return [tidy(decodeEntities(token.text.replace(/<[^>]*>/g, ' ')))];
    default:
      return [];
  }
}
