import { useEffect, useRef } from 'react';
import { usePreference } from './usePreference';

/** What each key does; `g g` is two of them in a row. */
export type KeyMap = Readonly<Record<string, () => void>>;

/** Two keys that belong together follow each other within this. */
const SEQUENCE_MS = 800;

/** Whether single keys do something at all; who dictates turns them off. */
export function useKeysPreference() {
  return usePreference<boolean>('keys', true);
}

/**
 * Single keys of the whole page. They do nothing in fields, dialogs and menus,
 * with a modifier, or when somebody has turned them off.
 */
export function useKeys(keys: KeyMap): void {
  const [isOn] = useKeysPreference();
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    if (!isOn) {
      return undefined;
    }
    let before = { key: '', at: 0 };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isFree(event)) {
        return;
      }
      const isSequence = event.timeStamp - before.at < SEQUENCE_MS;
      const pair = isSequence ? `${before.key} ${event.key}` : '';
      before = { key: event.key, at: event.timeStamp };
      const action = latest.current[pair] ?? latest.current[event.key];
      if (action) {
        event.preventDefault();
        action();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isOn]);
}

const TAKEN =
  'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]';

function isFree(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return false;
  }
  const { target } = event;
  if (!(target instanceof Element)) {
    return true;
  }
  // Enter and space belong to the control that has the focus.
  const isPress = event.key === 'Enter' || event.key === ' ';
  return !target.closest(isPress ? `${TAKEN}, a, button, [tabindex]` : TAKEN);
}
