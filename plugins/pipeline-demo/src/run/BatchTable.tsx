import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Cell,
  Column,
  Row,
  TableBody,
  TableHeader,
  TableRoot,
} from '@backstage/ui';
import type { BatchReport } from 'backstage-plugin-pipeline-demo-common';
import { useMemo, useState } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import styles from './BatchTable.module.css';
import { formatFigure, formatMean } from './measures';

type Key = keyof BatchReport;

/** What there is to know of a batch, and how it is shown. */
export const COLUMNS: readonly (readonly [Key, (value: number) => string])[] = [
  ['batch', String],
  ['rows', formatFigure],
  ['sum', formatFigure],
  ['mean', formatMean],
  ['min', formatFigure],
  ['max', formatFigure],
  ['stdDev', formatMean],
];

/** What ANALYZE found in each batch; a click on a head sorts. */
export function BatchTable(props: {
  readonly batches: readonly BatchReport[];
}) {
  const { batches } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [column, setColumn] = useState<Key>('batch');
  const [direction, setDirection] = useState<'ascending' | 'descending'>(
    'ascending',
  );
  const rows = useMemo(() => {
    const sign = direction === 'ascending' ? 1 : -1;
    return [...batches].sort((a, b) => sign * (a[column] - b[column]));
  }, [batches, column, direction]);
  return (
    <div className={styles.scroll}>
      <TableRoot
        aria-label={t('report.byBatch')}
        sortDescriptor={{ column, direction }}
        onSortChange={sort => {
          setColumn(sort.column as Key);
          setDirection(sort.direction);
        }}
      >
        <TableHeader>
          {COLUMNS.map(([key]) => (
            <Column
              key={key}
              id={key}
              className={styles.head}
              isRowHeader={key === 'batch'}
              allowsSorting
            >
              {t(`report.column.${key}`)}
            </Column>
          ))}
        </TableHeader>
        <TableBody>
          {rows.map(batch => (
            <Row key={batch.batch} id={batch.batch}>
              {COLUMNS.map(([key, format]) => (
                <Cell key={key} className={styles.cell}>
                  {format(batch[key])}
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </TableRoot>
    </div>
  );
}
