import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { FOLLOWING, followMode } from '../state/followMode';
import type { FollowInput, FollowMode } from '../state/followMode';
import type { LogBuffer } from '../state/LogBuffer';
import type { LineLink } from './useLineLink';

/** Where the log stays, and what may change that. */
export interface Follow {
  readonly mode: FollowMode;
  /** A line to bring to the middle of the view. */
  readonly target?: number;
  onCentred(): void;
  onInput(input: FollowInput): void;
  /** Brings a line to the middle, and stays there. */
  open(line: number): void;
  /** Makes a link to a line that is in view: it stays where it is. */
  link: LineLink['link'];
  toggle(): void;
}

/** Follow mode, opened by links and begun anew with each run. */
export function useFollow(buffer: LogBuffer, lineLink: LineLink): Follow {
  const [mode, onInput] = useReducer(followMode, FOLLOWING);
  const [target, setTarget] = useState<number>();
  /** The link was made here, by a click on a line. */
  const isOwnLink = useRef(false);
  const { generation } = buffer;
  const { linked, link: makeLink } = lineLink;

  const open = useCallback(
    (line: number) => {
      onInput({ type: 'opened', line, lastLine: buffer.lastLine });
      setTarget(line);
    },
    [buffer],
  );
  useEffect(() => {
    if (isOwnLink.current) {
      isOwnLink.current = false;
    } else if (linked) {
      open(linked.from);
    } else {
      onInput({ type: 'restarted' });
    }
  }, [linked, open, generation]);

  const link = useCallback<LineLink['link']>(
    (line, how) => {
      isOwnLink.current = true;
      onInput({ type: 'opened', line, lastLine: buffer.lastLine });
      makeLink(line, how);
    },
    [buffer, makeLink],
  );
  const onCentred = useCallback(() => setTarget(undefined), []);
  const toggle = () =>
    onInput(
      mode.type === 'following'
        ? { type: 'pause', lastLine: buffer.lastLine }
        : { type: 'follow' },
    );
  return { mode, target, onCentred, onInput, open, link, toggle };
}
