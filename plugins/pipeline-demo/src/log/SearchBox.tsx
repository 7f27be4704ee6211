import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon, SearchField } from '@backstage/ui';
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { useKeys } from '../state/useKeys';
import { pipelineDemoTranslationRef } from '../translation';
import { LogIcon } from './LogIcon';
import styles from './LogToolbar.module.css';
import { ToolbarToggle } from './ToolbarToggle';
import type { LogSearch } from './useLogSearch';
import type { MatchSwitch } from './useOnlyMatches';

/** The search field, its matches, and how it compares. */
export function SearchBox(props: {
  readonly search: LogSearch;
  readonly matches: MatchSwitch;
  /** Ctrl+F in here is ours. */
  readonly findWithin: RefObject<HTMLElement>;
  onStep(direction: 1 | -1): void;
}) {
  const { search, matches, onStep } = props;
  const { words, change, problem } = search;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const field = useRef<HTMLDivElement>(null);
  const resultId = useId();
  const focus = () => field.current?.querySelector('input')?.focus();
  useKeys({
    '/': focus,
    n: () => onStep(1),
    N: () => onStep(-1),
    m: matches.toggle,
  });
  useFindKey(props.findWithin, focus);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      onStep(event.shiftKey ? -1 : 1);
    }
  };
  return (
    <>
      <div ref={field} className={styles.search} onKeyDownCapture={onKeyDown}>
        <SearchField
          size="small"
          aria-label={t('log.search.label')}
          aria-describedby={resultId}
          placeholder={t('log.search.label')}
          value={words.text}
          isInvalid={problem !== undefined}
          onChange={text => change({ text })}
        />
        <kbd className={styles.key} aria-hidden="true">
          /
        </kbd>
      </div>
      <ToolbarToggle
        label={t('log.search.matchCase')}
        isOn={words.caseSensitive}
        onToggle={() => change({ caseSensitive: !words.caseSensitive })}
      >
        Aa
      </ToolbarToggle>
      <ToolbarToggle
        label={t('log.search.regex')}
        isOn={words.regex}
        onToggle={() => change({ regex: !words.regex })}
      >
        <span className={styles.mono}>.*</span>
      </ToolbarToggle>
      <SearchResult id={resultId} search={search} onStep={onStep} />
      {search.query && (
        <ToolbarToggle
          label={t('log.matches.only')}
          isOn={matches.isOn}
          onToggle={matches.toggle}
        >
          <LogIcon name="matches" />
        </ToolbarToggle>
      )}
    </>
  );
}

function SearchResult(props: {
  readonly id: string;
  readonly search: LogSearch;
  onStep(direction: 1 | -1): void;
}) {
  const { id, search, onStep } = props;
  const { problem, query, hits, searching, position } = search;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  if (problem !== undefined) {
    return (
      <span id={id} className={styles.problem} role="alert" title={problem}>
        {problem}
      </span>
    );
  }
  if (!query) {
    return <span id={id} />;
  }
  const found =
    hits.length === 0
      ? !searching && t('log.search.none')
      : t('log.search.hits', { number: position ?? 0, count: hits.length });
  return (
    <>
      <span id={id} className={styles.hits} role="status">
        {found}
        {searching && '…'}
      </span>
      <ButtonIcon
        size="small"
        variant="tertiary"
        className={styles.step}
        aria-label={t('log.search.previous')}
        icon={<LogIcon name="previous" />}
        isDisabled={hits.length === 0}
        onPress={() => onStep(-1)}
      />
      <ButtonIcon
        size="small"
        variant="tertiary"
        className={styles.step}
        aria-label={t('log.search.next')}
        icon={<LogIcon name="next" />}
        isDisabled={hits.length === 0}
        onPress={() => onStep(1)}
      />
    </>
  );
}

/** Ctrl+F goes to our search if the focus is in the log; a second one to the browser's. */
function useFindKey(within: RefObject<HTMLElement>, onFind: () => void): void {
  const latest = useRef(onFind);
  latest.current = onFind;
  useEffect(() => {
    const element = within.current;
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isFind = (event.ctrlKey || event.metaKey) && event.key === 'f';
      const isInField = event.target instanceof HTMLInputElement;
      if (isFind && !isInField) {
        event.preventDefault();
        latest.current();
      }
    };
    element?.addEventListener('keydown', onKey);
    return () => element?.removeEventListener('keydown', onKey);
  }, [within]);
}
