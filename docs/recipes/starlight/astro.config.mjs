// SPDX-License-Identifier: Apache-2.0
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

export default defineConfig({
  integrations: [
    starlight({
      title: 'Elm Street garden',
      pagefind: false,
      components: { Search: './src/components/Search.astro' },
    }),
  ],
});
