import type { ReactNode } from 'react';

/** The line icons of the page; what has a phase is drawn by Phase.tsx. */
export type IconName =
  | 'again'
  | 'arrow'
  | 'back'
  | 'check'
  | 'close'
  | 'copy'
  | 'down'
  | 'download'
  | 'flow'
  | 'info'
  | 'link'
  | 'more'
  | 'pause'
  | 'play'
  | 'stop';

const SHAPES: Readonly<Record<IconName, ReactNode>> = {
  again: <path d="M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5" />,
  arrow: <path d="M5 12h14M13 6l6 6-6 6" />,
  back: <path d="M15 5l-7 7 7 7" />,
  check: <path d="M5 12.5l4.5 4.5L19 7.5" />,
  close: <path d="M6 6l12 12M18 6L6 18" />,
  copy: (
    <>
      <rect x="9" y="9" width="11" height="11" rx="2" />
      <path d="M5 15H4V5a1 1 0 0 1 1-1h10v1" />
    </>
  ),
  down: <path d="M6 9l6 6 6-6" />,
  download: <path d="M12 4v11M7 11l5 5 5-5M5 20h14" />,
  flow: (
    <>
      <circle cx="5" cy="6" r="2.5" />
      <circle cx="5" cy="18" r="2.5" />
      <circle cx="19" cy="12" r="2.5" />
      <path d="M7.5 6c5 0 4 6 9 6M7.5 18c5 0 4-6 9-6" />
    </>
  ),
  info: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 11v5M12 8h.01" />
    </>
  ),
  link: (
    <path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1.3-1.3" />
  ),
  more: <path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth="3" />,
  pause: <path d="M8 5v14M16 5v14" strokeWidth="4" />,
  play: <path d="M7 4.5l12 7.5-12 7.5z" fill="currentColor" />,
  stop: <rect x="6" y="6" width="12" height="12" rx="2" />,
};

/** A decorative icon in the colour of the text. */
export function Icon(props: {
  readonly name: IconName;
  /** Pixels; 16 by default. */
  readonly size?: number;
}) {
  const { name, size = 16 } = props;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  );
}
