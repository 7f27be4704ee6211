/** How often to look whether the parent is still there. */
const LOOK_MS = 500;

/**
 * Calls `end` once when the process that started this one is gone: a shell
 * that npm put in between may die without passing the signal on.
 */
export function endWithParent(end) {
  const parent = process.ppid;
  const look = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(look);
      end();
    }
  }, LOOK_MS);
  look.unref();
}
