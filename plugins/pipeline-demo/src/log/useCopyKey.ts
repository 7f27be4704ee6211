import { errorApiRef, useApi } from '@backstage/core-plugin-api';
import { useEffect } from 'react';
import type { RefObject } from 'react';
import { copyText } from '../run/copyText';
import { asError } from '../state/asError';
import type { LogBuffer } from '../state/LogBuffer';
import { linesWithTimes, selectedLines } from './copyLines';

/** With Alt, copying takes numbers, times and tasks along. */
export function useCopyKey(
  within: RefObject<HTMLElement>,
  buffer: LogBuffer,
): void {
  const errorApi = useApi(errorApiRef);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // With Alt, the key itself may be another letter.
      const isCopy = (event.ctrlKey || event.metaKey) && event.code === 'KeyC';
      if (!isCopy || !event.altKey || !within.current) {
        return;
      }
      const numbers = selectedLines(within.current, document.getSelection());
      if (numbers.length === 0) {
        return;
      }
      event.preventDefault();
      copyText(linesWithTimes(buffer, numbers)).catch(failure =>
        errorApi.post(asError(failure)),
      );
    };
    // The focus need not be where the selection is.
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [within, buffer, errorApi]);
}
