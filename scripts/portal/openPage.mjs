import { spawn } from 'node:child_process';

/**
 * Opens a page in the visitor's browser, where there is one to be seen:
 * BROWSER=none, CI and machines without a screen keep it shut.
 */
export function openPage(url) {
  const { BROWSER, CI, DISPLAY, WAYLAND_DISPLAY } = process.env;
  const isMac = process.platform === 'darwin';
  const hasScreen = isMac || DISPLAY || WAYLAND_DISPLAY;
  if (BROWSER === 'none' || CI || !hasScreen || !process.stdout.isTTY) {
    return;
  }
  const opener = spawn(isMac ? 'open' : 'xdg-open', [url], {
    stdio: 'ignore',
    detached: true,
  });
  // The URL is on the screen: who has no opener clicks it.
  opener.on('error', () => undefined);
  opener.unref();
}
