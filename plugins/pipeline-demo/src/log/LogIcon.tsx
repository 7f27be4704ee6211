import type { ReactNode } from 'react';

/** The line icons of the log. */
export type LogIconName =
  | 'down'
  | 'expand'
  | 'matches'
  | 'new'
  | 'next'
  | 'previous'
  | 'shrink';

const SHAPES: Readonly<Record<LogIconName, ReactNode>> = {
  down: <path d="M6 9l6 6 6-6" />,
  expand: <path d="M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5" />,
  matches: <path d="M4 6h16M7 12h10M10 18h4" />,
  new: <path d="M12 5v14M6 13l6 6 6-6" />,
  next: <path d="M6 9l6 6 6-6" />,
  previous: <path d="M6 15l6-6 6 6" />,
  shrink: <path d="M4 9h5V4M20 9h-5V4M4 15h5v5M20 15h-5v5" />,
};

/** A decorative icon in the colour of the text. */
export function LogIcon(props: {
  readonly name: LogIconName;
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
