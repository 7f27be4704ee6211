import type { RunPhase } from 'backstage-plugin-pipeline-demo-common';
import { useEffect } from 'react';

/** Seen on light and on dark tabs: no theme reaches them. */
const COLOURS: Readonly<Record<RunPhase, string>> = {
  queued: '#808080',
  starting: '#3b82f6',
  running: '#3b82f6',
  finishing: '#3b82f6',
  cancelling: '#e07b00',
  succeeded: '#22a352',
  failed: '#dc3b45',
  cancelled: '#808080',
};

const TICK = '<path d="M4.9 8.2l2.1 2.1 4.1-4.4"/>';
const SQUARE = '<path d="M5.5 5.5h5v5h-5z"/>';
const DOTS = '<path d="M4.8 8h.01M8 8h.01M11.2 8h.01"/>';
const PLAY = '<path d="M6.5 5.2l4.3 2.8-4.3 2.8z"/>';

/** The shape alone tells the phase, too. */
const SHAPES: Readonly<Record<RunPhase, string>> = {
  queued: DOTS,
  starting: DOTS,
  running: PLAY,
  finishing: PLAY,
  cancelling: SQUARE,
  succeeded: TICK,
  failed: '<path d="M5.6 5.6l4.8 4.8m0-4.8l-4.8 4.8"/>',
  cancelled: '<path d="M5 11l6-6"/>',
};

/** The icon of the browser's tab tells the phase of the run; then the former one is back. */
export function useFavicon(phase: RunPhase): void {
  useEffect(() => {
    const former = [
      ...document.head.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]'),
    ];
    former.forEach(link => link.remove());
    const link = document.createElement('link');
    link.rel = 'icon';
    link.type = 'image/svg+xml';
    link.href = `data:image/svg+xml,${encodeURIComponent(drawing(phase))}`;
    document.head.append(link);
    return () => {
      link.remove();
      document.head.append(...former);
    };
  }, [phase]);
}

function drawing(phase: RunPhase): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="${COLOURS[phase]}"/><g fill="none" stroke="#fff" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">${SHAPES[phase]}</g></svg>`;
}
