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
  let touchedAt = 0;
  const onWheel = ({ deltaY }: WheelEvent) => {
    if (deltaY !== 0) {
      onIntent(deltaY < 0 ? 'up' : 'down');
    }
  };
  const onTouchStart = ({ touches }: TouchEvent) => {
    touchedAt = touches[0].clientY;
  };
  const onTouchMove = ({ touches }: TouchEvent) =>
    onIntent(touches[0].clientY > touchedAt ? 'up' : 'down');
  const onKeyDown = (event: KeyboardEvent) => {
    const intent = intentOfKey(event);
    if (intent) {
      onIntent(intent);
    }
  };
  const options = { passive: true };
  element.addEventListener('wheel', onWheel, options);
  element.addEventListener('touchstart', onTouchStart, options);
  element.addEventListener('touchmove', onTouchMove, options);
  element.addEventListener('keydown', onKeyDown);
  return () => {
    element.removeEventListener('wheel', onWheel);
    element.removeEventListener('touchstart', onTouchStart);
    element.removeEventListener('touchmove', onTouchMove);
    element.removeEventListener('keydown', onKeyDown);
  };
}

function intentOfKey(event: KeyboardEvent): MoveIntent | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return undefined;
  }
  if (event.key === ' ') {
    return event.shiftKey ? 'up' : 'down';
  }
  return KEYS[event.key];
}
