// SPDX-License-Identifier: Apache-2.0
// Copies the converted models into dist/models, each with its manifest, for who serves both. For who bundles, a module in
// dist says the same as the manifest: bundlers give the file another name, and the module too.
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MODELS = ['minilm', 'minilm-small', 'minilm-static'];
const LICENCE = '// SPDX-License-Identifier: Apache-2.0';

const moduleOf = (name, { bytes, sha256 }) => `${LICENCE}
export default {
  url: new URL('./models/${name}.safetensors', import.meta.url),
  bytes: ${bytes},
  sha256: '${sha256}',
};
`;
const TYPES = `${LICENCE}
declare const model: { readonly url: URL; readonly bytes: number; readonly sha256: string };
export default model;
`;

/** Returns the manifests by the models' names. */
export async function packModels(from, dist) {
  const to = join(dist, 'models');
  const manifests = new Map();
  await mkdir(to, { recursive: true });
  for (const name of MODELS) {
    const files = [`${name}.json`, `${name}.safetensors`];
    if (!files.every((file) => existsSync(join(from, file)))) {
      console.log(`${from} holds no converted ${name}: the package is built without it`);
      continue;
    }
    const manifest = JSON.parse(await readFile(join(from, `${name}.json`), 'utf8'));
    manifests.set(name, manifest);
    for (const file of files) await copyFile(join(from, file), join(to, file));
    await writeFile(join(dist, `${name}.js`), moduleOf(name, manifest));
    await writeFile(join(dist, `${name}.d.ts`), TYPES);
  }
  return manifests;
}
