// SPDX-License-Identifier: Apache-2.0
// The handbook's Markdown holds Liquid tags of its site generator. This turns those that mean text
// into Markdown and drops the others.

/**
 * `pageUrl(target)` gives the link of a page of this site, or undefined where there is none.
 * @param {string} markdown
 * @param {(target: string) => string | undefined} pageUrl
 */
export function expandShortcodes(markdown, pageUrl) {
  return (
    markdown
      .replace(/{%-? *comment *-?%}[\s\S]*?{%-? *endcomment *-?%}/g, '')
      .replace(/{% *(?:raw|endraw) *%}/g, '')
      // A link to a page that is not here keeps its words.
      .replace(
        /\[([^\]]*)\]\(\s*{%-? *page "([^"]*)" *-?%}([^)\s]*)\s*\)/g,
        (_, words, target, rest) => {
          const url = pageUrl(target + rest);
          return url === undefined ? words : `[${words}](${url})`;
        },
      )
      .replace(
        /\[([^\]]*)\]\(\s*{{ *(?:site|base)\.base_?url *}}([^)\s]*)\s*\)/g,
        (_, words, target) => {
          const url = pageUrl(target);
          return url === undefined ? words : `[${words}](${url})`;
        },
      )
      .replace(/\[([^\]]*)\]\(\s*{% *download [^%]*%}\s*\)/g, '$1')
      .replace(/{% *link "([^"]*)" *%}/g, '$1')
      .replace(/{% *slack_channel "([^"]*)"[^%]*%}/g, '#$1')
      .replace(/{% *alert(?: "([^"]*)")? *%}([\s\S]*?){% *endalert *%}/g, (_, title, body) => {
        const lines = body
          .trim()
          .split('\n')
          .map((line) => `> ${line.trim()}`);
        return [title ? `> **${title}**` : '', ...(title ? ['>'] : []), ...lines, ''].join('\n');
      })
      .replace(/<(style|script)[\s\S]*?<\/\1>/g, '')
      .replace(/{%[^%]*%}/g, '')
      .replace(/{{[^}]*}}/g, '')
  );
}
