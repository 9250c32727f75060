// SPDX-License-Identifier: Apache-2.0

/** `/` and `mod+k`, where `mod` is Command on a Mac and Control elsewhere. */
const DEFAULT_SHORTCUTS = '/ mod+k';

export function parseShortcuts(attribute: string | null): readonly string[] {
  if (attribute === 'none') return [];
  return (attribute ?? DEFAULT_SHORTCUTS).toLowerCase().split(/\s+/).filter(Boolean);
}

const onMac = () => /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Shift is left to the layout: on some, `/` needs it. */
export function matchesShortcut(shortcut: string, event: Keys): boolean {
  const modified = shortcut.startsWith('mod+');
  const key = modified ? shortcut.slice('mod+'.length) : shortcut;
  if (event.key.toLowerCase() !== key || event.altKey) return false;
  return modified ? event.ctrlKey !== event.metaKey : !event.ctrlKey && !event.metaKey;
}

/** As it is written on a key: "⌘K", "Ctrl K", "/". */
export function shortcutLabel(shortcut: string | undefined, mac = onMac()): string {
  if (!shortcut?.startsWith('mod+')) return shortcut ?? '';
  const key = shortcut.slice('mod+'.length).toUpperCase();
  return mac ? `⌘${key}` : `Ctrl ${key}`;
}

/** Whether a key press goes into a text. */
function writes(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches('textarea, select')) return true;
  return target.matches('input:not([type=checkbox], [type=radio], [type=button], [type=submit])');
}

/** Listens on the document until the function that it returns is called. */
export function listenForShortcuts(shortcuts: readonly string[], act: () => void): () => void {
  const listener = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const found = shortcuts.find((shortcut) => matchesShortcut(shortcut, event));
    if (found === undefined || (!found.startsWith('mod+') && writes(event))) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', listener);
  return () => document.removeEventListener('keydown', listener);
}
