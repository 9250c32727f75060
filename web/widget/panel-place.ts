// SPDX-License-Identifier: Apache-2.0
// Where the panel opens. Values go into a sheet of the element's own: a strict policy allows no inline
// style.

/** Pixels left free at the edges of the window. */
const MARGIN = 8;
/** A panel lower than this is of no use: then the page may scroll. */
const LEAST_ROOM = 240;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

/** In pixels: from the field's left edge to the panel's, and the height that is there for it. */
export function panelPlace(
  field: Box,
  panelWidth: number,
  window: { readonly width: number; readonly height: number },
  direction: 'ltr' | 'rtl',
): { shift: number; room: number } {
  const wished = direction === 'rtl' ? field.right - panelWidth : field.left;
  const most = window.width - panelWidth - MARGIN;
  const left = Math.max(MARGIN, Math.min(wished, most));
  const room = Math.max(LEAST_ROOM, window.height - field.bottom - 2 * MARGIN);
  return { shift: Math.round(left - field.left), room: Math.round(room) };
}

/** Keeps the panel within the window while it is open. */
export class PanelPlacer {
  readonly sheet = new CSSStyleSheet();
  readonly #place = () => this.place();

  constructor(
    private readonly field: HTMLElement,
    private readonly panel: HTMLElement,
  ) {}

  open(): void {
    this.place();
    addEventListener('resize', this.#place);
  }

  close(): void {
    removeEventListener('resize', this.#place);
  }

  place(): void {
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const { width: panelWidth } = this.panel.getBoundingClientRect();
    const field = this.field.getBoundingClientRect();
    const direction = getComputedStyle(this.field).direction === 'rtl' ? 'rtl' : 'ltr';
    const { shift, room } = panelPlace(field, panelWidth, { width, height }, direction);
    this.sheet.replaceSync(`:host { --_shift: ${shift}px; --_room: ${room}px; }`);
  }
}
