import { endWithParent } from './endWithParent.mjs';

/** Resolves with the signal's name when we are asked to end, by whoever. */
export function untilStopped() {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.on(signal, () => resolve(signal));
    }
    endWithParent(() => resolve('SIGTERM'));
  });
}
