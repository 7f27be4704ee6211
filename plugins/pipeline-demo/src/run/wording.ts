import type { TranslationFunction } from '@backstage/frontend-plugin-api';
import type { pipelineDemoTranslationRef } from '../translation';
import type { Right } from '../state/useRight';

/** The words of the page, as functions outside of components take them. */
export type Words = TranslationFunction<
  (typeof pipelineDemoTranslationRef)['T']
>;

/** `user:default/guest` -> `guest` */
export function shortName(entityRef: string): string {
  return entityRef.replace(/^.*[:/]/, '');
}

/** `14:02:11`, local time. @param at - epoch milliseconds */
export function clockText(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
}

/** "today 13:31", "yesterday 17:20", or the date. @param iso - ISO 8601 */
export function whenText(t: Words, iso: string): string {
  const date = new Date(iso);
  const time = date.toLocaleTimeString(undefined, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const today = new Date();
  const yesterday = new Date(today);
  yesterday.setDate(today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) {
    return t('when.today', { time });
  }
  if (date.toDateString() === yesterday.toDateString()) {
    return t('when.yesterday', { time });
  }
  const day = date.toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(date.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' }),
  });
  return t('when.day', { day, time });
}

/** Why a button is off: the permission that is missing, or nothing. */
export function neededRight(
  t: Words,
  right: Right,
  permission: { readonly name: string },
): string | undefined {
  return right === 'denied'
    ? t('permission.needed', { permission: permission.name })
    : undefined;
}
