/**
 * Whether the log stays at its end, as a pure state machine. The only way to
 * move the view is something that the reader did; what the program scrolls
 * never arrives here.
 *
 * | mode \ input | movedAway, selectedText, pause | reachedEnd, follow | opened(n) | saw |
 * |---|---|---|---|---|
 * | following | paused | = | pinned(n) | = |
 * | paused | = | following | pinned(n) | paused, fewer unseen |
 * | pinned(m) | paused | following | pinned(n) | pinned(m), fewer unseen |
 *
 * `restarted` (another run) leads back to following from everywhere.
 */
export type FollowMode =
  | { readonly type: 'following' }
  /** The reader stays where they are; lines after `seen` are new to them. */
  | { readonly type: 'paused'; readonly seen: number }
  /** A link or a search hit is shown, in the middle of the view. */
  | { readonly type: 'pinned'; readonly line: number; readonly seen: number };

/** What the reader did. `lastLine` is the last line there was at that moment. */
export type FollowInput =
  /** By wheel, touch, key or scrollbar, away from the end. */
  | { readonly type: 'movedAway'; readonly lastLine: number }
  | { readonly type: 'selectedText'; readonly lastLine: number }
  /** The toggle, when it was on. */
  | { readonly type: 'pause'; readonly lastLine: number }
  /** Scrolled down to the end. */
  | { readonly type: 'reachedEnd' }
  /** The toggle, the pill, End or G. */
  | { readonly type: 'follow' }
  | {
      readonly type: 'opened';
      readonly line: number;
      readonly lastLine: number;
    }
  /** The lowest line in view. */
  | { readonly type: 'saw'; readonly line: number }
  | { readonly type: 'restarted' };

export const FOLLOWING: FollowMode = { type: 'following' };

/** The next mode; the same object when nothing changes. */
export function followMode(mode: FollowMode, input: FollowInput): FollowMode {
  switch (input.type) {
    case 'movedAway':
    case 'selectedText':
    case 'pause':
      return mode.type === 'paused'
        ? mode
        : { type: 'paused', seen: seenIn(mode, input.lastLine) };
    case 'reachedEnd':
    case 'follow':
    case 'restarted':
      return FOLLOWING;
    case 'opened':
      return {
        type: 'pinned',
        line: input.line,
        seen: seenIn(mode, input.lastLine),
      };
    case 'saw':
      return mode.type === 'following' || input.line <= mode.seen
        ? mode
        : { ...mode, seen: input.line };
    default:
      return unknownInput(input);
  }
}

function seenIn(mode: FollowMode, lastLine: number): number {
  return mode.type === 'following' ? lastLine : mode.seen;
}

function unknownInput(input: never): never {
  throw new Error(`Unknown input: ${JSON.stringify(input)}`);
}
