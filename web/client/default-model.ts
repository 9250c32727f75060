// SPDX-License-Identifier: Apache-2.0
import type { ModelFile } from './options.js';

/**
 * What the file must be: the build fills in its size and checksum, because a bundler that renames files
 * would part it from its manifest. Without them the manifest is asked.
 */
const expected: Partial<ModelFile> = {};

export const defaultModel = (): ModelFile => ({
  url: new URL('./models/minilm.safetensors', import.meta.url),
  ...expected,
});
