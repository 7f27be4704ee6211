import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Run } from 'backstage-plugin-pipeline-demo-common';
import { useEffect, useState } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import { Figure } from './Figure';
import { Icon } from './icons';
import styles from './ObjectsLeft.module.css';
import { phaseClass } from './Phase';

/** More would be too narrow to read. */
const MOST_SHOWN = 8;

/** What a cancelled run still holds, going out one by one. */
export function ObjectsLeft(props: { readonly run: Run }) {
  const left = props.run.objectsLeft;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const seen = useAllSeen(left);
  const shown = seen.slice(0, MOST_SHOWN);
  return (
    <>
      <Figure
        value={
          <span className={phaseClass('cancelling')}>
            <span className={styles.left}>{left?.length ?? '–'}</span>{' '}
            <small>{t('objects.ofLeft', { count: seen.length })}</small>
          </span>
        }
        caption={t('objects.stopping')}
      />
      <ul className={styles.objects}>
        {shown.map(object => {
          const gone = !left?.includes(object);
          return (
            <li
              key={object}
              className={`${styles.object} ${phaseClass('cancelling')}`}
              data-gone={gone}
            >
              <span className={styles.name} title={object}>
                {object}
              </span>
              <i className={styles.bar} />
              <span className={styles.state}>
                {gone && <Icon name="check" size={12} />}
                {t(gone ? 'objects.gone' : 'objects.going')}
              </span>
            </li>
          );
        })}
      </ul>
    </>
  );
}

/** Everything that was ever listed, in the order of its first appearance. */
function useAllSeen(left: readonly string[] | undefined): readonly string[] {
  const [seen, setSeen] = useState<readonly string[]>(left ?? []);
  useEffect(() => {
    setSeen(old => {
      const fresh = (left ?? []).filter(object => !old.includes(object));
      return fresh.length > 0 ? [...old, ...fresh] : old;
    });
  }, [left]);
  return seen;
}
