import {
  errorApiRef,
  useApi,
  useTranslationRef,
} from '@backstage/frontend-plugin-api';
import { useEffect } from 'react';
import type { RefObject } from 'react';
import { copyText } from '../run/copyText';
import { asError } from '../state/asError';
import type { LogBuffer } from '../state/LogBuffer';
import { pipelineDemoTranslationRef } from '../translation';
import { linesOfSpan, linesWithTimes, textOfSpan } from './copyLines';
import type { Rows } from './rows';
import {
  lostSpan,
  selectedLines,
  startOf,
  type SelectedSpan,
  type SelectionStart,
} from './selectedSpan';
import { useStable } from './useStable';

/**
 * Copying: the text alone, and with Alt numbers, times and tasks, too.
 *
 * Rows come and go while one selects, and the browser's selection with them:
 * so it is remembered where it began, and lines that are not mounted are copied
 * as those that are.
 */
export function useCopy(
  within: RefObject<HTMLElement>,
  buffer: LogBuffer,
  rows: Rows,
): void {
  const errorApi = useApi(errorApiRef);
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const tell = useStable((error: Error) => errorApi.post(error));
  /** Undefined, and said, when not all of it is here. */
  const copied = useStable((span: SelectedSpan, how: 'text' | 'withTimes') => {
    const numbers = linesOfSpan(rows, span);
    const missing = numbers.filter(number => !buffer.has(number)).length;
    if (missing > 0) {
      tell(new Error(t('log.notCopied', { count: missing })));
      return undefined;
    }
    return how === 'text'
      ? textOfSpan(buffer, numbers, span)
      : linesWithTimes(buffer, numbers);
  });
  const withTimes = useStable((numbers: readonly number[]) =>
    linesWithTimes(buffer, numbers),
  );

  useEffect(
    () =>
      listen(() => within.current?.querySelector('[role="log"]') ?? undefined, {
        copied,
        withTimes,
        tell,
      }),
    [within, copied, withTimes, tell],
  );
}

/** What is done with what is selected. */
interface CopyActions {
  readonly copied: (
    span: SelectedSpan,
    how: 'text' | 'withTimes',
  ) => string | undefined;
  readonly withTimes: (numbers: readonly number[]) => string;
  readonly tell: (error: Error) => void;
}

/**
 * Hears of selections and copies anywhere, since the focus need not be where
 * the selection is.
 *
 * @returns what ends that
 */
function listen(
  log: () => Element | undefined,
  { copied, withTimes, tell }: CopyActions,
): () => void {
  let start: SelectionStart | undefined;
  let isExtending = false;
  const onPress = ({ shiftKey }: MouseEvent) => {
    isExtending = shiftKey;
  };
  const onStart = () => {
    // With Shift, what was selected before goes on to here.
    if (!isExtending) {
      start = undefined;
    }
  };
  const onSelection = () => {
    const list = log();
    start = list && startOf(list, document.getSelection(), start);
  };
  const onCopy = (event: ClipboardEvent) => {
    const list = log();
    // A field has a selection of its own.
    if (!list || event.target instanceof HTMLInputElement) {
      return;
    }
    const span = lostSpan(list, document.getSelection(), start);
    const text = span && copied(span, 'text');
    if (text !== undefined) {
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
    }
  };
  const onKey = (event: KeyboardEvent) => {
    // With Alt, the key itself may be another letter.
    const isCopy = (event.ctrlKey || event.metaKey) && event.code === 'KeyC';
    const list = log();
    if (!isCopy || !event.altKey || !list) {
      return;
    }
    const selection = document.getSelection();
    const span = lostSpan(list, selection, start);
    const text = span
      ? copied(span, 'withTimes')
      : withTimes(selectedLines(list, selection));
    if (text) {
      event.preventDefault();
      copyText(text).catch(failure => tell(asError(failure)));
    }
  };
  document.addEventListener('mousedown', onPress);
  document.addEventListener('selectstart', onStart);
  document.addEventListener('selectionchange', onSelection);
  document.addEventListener('copy', onCopy);
  document.addEventListener('keydown', onKey);
  return () => {
    document.removeEventListener('mousedown', onPress);
    document.removeEventListener('selectstart', onStart);
    document.removeEventListener('selectionchange', onSelection);
    document.removeEventListener('copy', onCopy);
    document.removeEventListener('keydown', onKey);
  };
}
