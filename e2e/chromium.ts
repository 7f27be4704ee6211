/** How the system's own Chromium is started, at $CHROMIUM. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM,
  args: [
    // Chromium has no sandbox for root, which CI is.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
