// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vitepress';

export default defineConfig({
  title: 'Elm Street garden',
  lang: 'en',
  head: [['script', { type: 'module', src: '/mayfly/widget.js' }]],
});
