// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitepress';

export default defineConfig({
  title: 'Elm Street garden',
  lang: 'en',
  head: [
    ['link', { rel: 'icon', href: '/favicon.svg' }],
    ['script', { type: 'module', src: '/mayfly/widget.js' }],
  ],
});
