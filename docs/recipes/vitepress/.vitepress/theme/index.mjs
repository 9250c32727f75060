// SPDX-License-Identifier: Apache-2.0
import DefaultTheme from 'vitepress/theme';
import { h } from 'vue';

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      'nav-bar-content-before': () => h('mayfly-search-modal'),
    }),
};
