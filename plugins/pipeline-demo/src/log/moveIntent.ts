/** Which way the reader is about to move the view, before anything has moved. */
export type MoveIntent = 'up' | 'down' | 'end';

const KEYS: Readonly<Record<string, MoveIntent>> = {
  ArrowUp: 'up',
  PageUp: 'up',
  Home: 'up',
  ArrowDown: 'down',
  PageDown: 'down',
  End: 'end',
  G: 'end',
};

/**
 * Listens for the wheel, a finger and keys on what scrolls. A scroll event
 * comes too late for this: by then new lines may have moved the view.
 *
 * @returns the function that stops listening
 */
export function listenForMoves(
  element: HTMLElement,
  onIntent: (intent: MoveIntent) => void,
): () => void {
  const stop = new AbortController();
  const options = { passive: true, signal: stop.signal };
  let touchedAt = 0;
  element.addEventListener(
    'wheel',
    ({ deltaY }) => {
      if (deltaY !== 0) {
        onIntent(deltaY < 0 ? 'up' : 'down');
      }
    },
    options,
  );
  element.addEventListener(
    'touchstart',
    ({ touches }) => {
      touchedAt = touches[0].clientY;
    },
    options,
  );
  element.addEventListener(
    'touchmove',
    ({ touches }) => onIntent(touches[0].clientY > touchedAt ? 'up' : 'down'),
    options,
  );
  element.addEventListener(
    'keydown',
    ({ key, ctrlKey, metaKey, altKey, shiftKey }) => {
      const intent =
        key === ' ' ? ((shiftKey ? 'up' : 'down') as const) : KEYS[key];
      if (intent && !ctrlKey && !metaKey && !altKey) {
        onIntent(intent);
      }
    },
    options,
  );
  return () => stop.abort();
}
