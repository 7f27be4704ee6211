/** A hidden tab has no animation frames: its title and icon still have to move. */
const HIDDEN_TAB_MS = 500;

/** Many requests, one call: at the next animation frame. */
export interface PerFrame {
  request(): void;
  cancel(): void;
}

/**
 * Calls `run` once per animation frame at most, and only when asked to.
 *
 * @param waitMs - how long the next call has to wait at least; asked each time
 */
export function perFrame(
  run: () => void,
  waitMs: () => number = () => 0,
): PerFrame {
  let pending: (() => void) | undefined;
  const cancel = () => {
    pending?.();
    pending = undefined;
  };
  return {
    request() {
      if (pending) {
        return;
      }
      const fire = () => {
        cancel();
        run();
      };
      let frame: number | undefined;
      const atNextFrame = () => {
        frame = requestAnimationFrame(fire);
      };
      const wait = waitMs();
      const waiting = wait > 0 ? setTimeout(atNextFrame, wait) : undefined;
      if (waiting === undefined) {
        atNextFrame();
      }
      const timer = setTimeout(fire, wait + HIDDEN_TAB_MS);
      pending = () => {
        if (frame !== undefined) {
          cancelAnimationFrame(frame);
        }
        clearTimeout(waiting);
        clearTimeout(timer);
      };
    },
    cancel,
  };
}
