import { existsSync } from 'node:fs';

/** Where Debian, Fedora, Arch and macOS have it. */
const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The system's own Chromium or Chrome.
 *
 * @throws Error with what to install when there is none
 */
export function findBrowser() {
  const browser = process.env.CHROMIUM ?? BROWSERS.find(existsSync);
  if (!browser || !existsSync(browser)) {
    throw new Error(
      `${
        browser ?? 'Chromium'
      } is not there: apt-get install chromium (Debian), or set CHROMIUM to the path of a Chromium or Chrome.`,
    );
  }
  return browser;
}
