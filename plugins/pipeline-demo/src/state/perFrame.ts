/** A hidden tab has no animation frames: its title and icon still have to move. */
const HIDDEN_TAB_MS = 500;

/** Many requests, one call: at the next animation frame. */
export interface PerFrame {
  request(): void;
  cancel(): void;
}

/** Calls `run` once per animation frame at most, and only when asked to. */
export function perFrame(run: () => void): PerFrame {
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
      const frame = requestAnimationFrame(fire);
      const timer = setTimeout(fire, HIDDEN_TAB_MS);
      pending = () => {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
      };
    },
    cancel,
  };
}
