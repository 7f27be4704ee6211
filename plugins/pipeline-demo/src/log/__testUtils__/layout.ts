/** The height that scrolling elements have in a test, in pixels. */
export const VIEW_PX = 200;

/** jsdom has no layout: what scrolls is given a height, and its content's own. */
export function mockLayout(): void {
  const tops = new WeakMap<Element, number>();
  const isView = (element: Element) =>
    element.getAttribute('aria-label') === 'Log lines';
  const contentOf = (element: Element) =>
    parseFloat((element.firstElementChild as HTMLElement)?.style.height) || 0;
  const heights: Record<string, (element: Element) => number> = {
    offsetHeight: element => (isView(element) ? VIEW_PX : 20),
    clientHeight: element => (isView(element) ? VIEW_PX : 20),
    scrollHeight: element =>
      isView(element) ? Math.max(VIEW_PX, contentOf(element)) : 20,
  };
  for (const [name, height] of Object.entries(heights)) {
    Object.defineProperty(HTMLElement.prototype, name, {
      configurable: true,
      get(this: HTMLElement) {
        return height(this);
      },
    });
  }
  Object.defineProperty(HTMLElement.prototype, 'scrollTop', {
    configurable: true,
    get(this: HTMLElement) {
      return tops.get(this) ?? 0;
    },
    set(this: HTMLElement, top: number) {
      const most = heights.scrollHeight(this) - heights.clientHeight(this);
      const next = Math.max(0, Math.min(most, top));
      if (next !== (tops.get(this) ?? 0)) {
        tops.set(this, next);
        // As in a browser: with the next frame.
        requestAnimationFrame(() => this.dispatchEvent(new Event('scroll')));
      }
    },
  });
}

/** After `mockLayout`: gives the rows of the log heights of their own, in pixels. */
export function mockRowHeights(heightOf: (row: HTMLElement) => number): void {
  const usual = Object.getOwnPropertyDescriptor(
    HTMLElement.prototype,
    'offsetHeight',
  );
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', {
    configurable: true,
    get(this: HTMLElement) {
      return this.getAttribute('role') === 'listitem'
        ? heightOf(this)
        : usual?.get?.call(this);
    },
  });
}
