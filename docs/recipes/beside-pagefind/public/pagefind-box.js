// SPDX-License-Identifier: Apache-2.0
window.addEventListener('DOMContentLoaded', () => {
  new PagefindUI({ element: '#pagefind' });
});
