// SPDX-License-Identifier: Apache-2.0
// The TypeScript of a document, block by block, as modules: each may use what earlier ones declare or
// import, as its readers do.

export interface CodeBlock {
  /** Of its first line, in the document. */
  readonly line: number;
  /** Marked `run`. */
  readonly runs: boolean;
  /** A module, which imports from others of the document as `./block-N.js`. */
  readonly module: string;
  /** What it prints, by its comments `// → ...`. */
  readonly prints: readonly string[];
}

const FENCE = /^```ts( run)?\n([\s\S]*?)^```$/gm;
const IMPORT = /^import (type )?\{([^}]*)\} from '([^']+)';$/gm;
const DECLARED = /^(?:const|let) (\{[^}]*\}|\[[^\]]*\]|\w+)|^(?:async )?function (\w+)/gm;

/** Names that a pattern such as `{ a, b: c }` or `[d, e]` gives. */
const bound = (pattern: string) =>
  [...pattern.matchAll(/(?:\w+\s*:\s*)?(\w+)/g)].map(([, name]) => name as string);

export function codeBlocks(markdown: string): CodeBlock[] {
  const statements = new Map<string, string>();
  return [...markdown.matchAll(FENCE)].map((match, number) => {
    const [, run, code = ''] = match;
    const imported = [...code.matchAll(IMPORT)].flatMap(([, type = '', names = '', from]) =>
      bound(names).map((name) => [name, `import ${type}{ ${name} } from '${from}';`] as const),
    );
    const declared = [...code.matchAll(DECLARED)].flatMap(([, pattern, name]) =>
      pattern ? bound(pattern) : [name as string],
    );
    const own = new Set([...declared, ...imported.map(([name]) => name)]);
    const needed = [...statements]
      .filter(([name]) => !own.has(name) && new RegExp(`\\b${name}\\b`).test(code))
      .map(([, statement]) => statement);
    for (const [name, statement] of imported) statements.set(name, statement);
    for (const name of declared) {
      statements.set(name, `import { ${name} } from './block-${number}.js';`);
    }
    return {
      line: markdown.slice(0, match.index).split('\n').length + 1,
      runs: run !== undefined,
      module: `${needed.join('\n')}\n${code}\nexport { ${declared.join(', ')} };\n`,
      prints: [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, text]) => text as string),
    };
  });
}
