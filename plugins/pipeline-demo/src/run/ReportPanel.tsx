import { useAnalytics } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import {
  formatDuration,
  type Forecast,
  type Report,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { useState } from 'react';
import { pipelineDemoTranslationRef } from '../translation';
import { BatchChart } from './BatchChart';
import { BatchTable, COLUMNS } from './BatchTable';
import { csv } from './csv';
import { DurationCurve } from './DurationCurve';
import { ForecastCheck } from './ForecastCheck';
import { Icon } from './icons';
import { formatFigure, formatMean, type Measure } from './measures';
import styles from './ReportPanel.module.css';
import { saveFile } from './saveFile';
import { runSeconds } from './taskLook';

const MEASURES: readonly Measure[] = ['rows', 'sum', 'mean'];

/** The result of a run: totals, one bar and one row per batch, and the file. */
export function ReportPanel(props: {
  readonly run: Run;
  readonly report: Report;
  /** What the run was predicted to be. */
  readonly forecast?: Forecast;
}) {
  const { run, report, forecast } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const [measure, setMeasure] = useState<Measure>('sum');
  return (
    <div className={styles.report}>
      <Totals run={run} report={report} />
      <div className={styles.columns}>
        <section className={styles.column}>
          <div className={styles.head}>
            <h4 className={styles.title}>{t('report.perBatch')}</h4>
            <ToggleButtonGroup
              className={styles.choice}
              aria-label={t('report.measure')}
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[measure]}
              onSelectionChange={([key]) => setMeasure(key as Measure)}
            >
              {MEASURES.map(key => (
                <ToggleButton key={key} id={key}>
                  {t(`report.${key}`)}
                </ToggleButton>
              ))}
            </ToggleButtonGroup>
          </div>
          <BatchChart batches={report.batches} measure={measure} />
          <div className={styles.head}>
            <h4 className={styles.title}>{t('report.byBatch')}</h4>
            <DownloadReport run={run} report={report} />
          </div>
          <BatchTable batches={report.batches} />
        </section>
        {forecast && (
          <section className={styles.column}>
            <ForecastCheck run={run} forecast={forecast} />
            <DurationCurve run={run} forecast={forecast} />
          </section>
        )}
      </div>
    </div>
  );
}

function Totals(props: { readonly run: Run; readonly report: Report }) {
  const { run, report } = props;
  const { totals } = report;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const figures: readonly (readonly [string, string])[] = [
    [
      formatFigure(totals.rows),
      t('report.rowsIn', { count: report.batchCount }),
    ],
    [formatFigure(totals.sum), t('report.sumOfAll')],
    [formatMean(totals.mean), t('report.meanOfAll')],
    [
      formatDuration(runSeconds(run, run.finishedAt ?? run.createdAt)),
      t('progress.duration'),
    ],
  ];
  return (
    <dl className={styles.totals}>
      {figures.map(([value, name]) => (
        <div key={name}>
          <dd>{value}</dd>
          <dt>{name}</dt>
        </div>
      ))}
    </dl>
  );
}

/** The report as it is, and its table for a spreadsheet. */
function DownloadReport(props: { readonly run: Run; readonly report: Report }) {
  const { run, report } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const files = {
    json: () =>
      new Blob([`${JSON.stringify(report, null, 2)}\n`], {
        type: 'application/json',
      }),
    csv: () =>
      new Blob(
        [
          csv([
            COLUMNS.map(([key]) => t(`report.column.${key}`)),
            ...report.batches.map(batch => COLUMNS.map(([key]) => batch[key])),
          ]),
        ],
        { type: 'text/csv;charset=utf-8' },
      ),
  };
  return (
    <span className={styles.files}>
      <DownloadFile run={run} suffix="json" content={files.json}>
        {t('report.download')}
      </DownloadFile>
      <DownloadFile run={run} suffix="csv" content={files.csv}>
        {t('report.downloadCsv')}
      </DownloadFile>
    </span>
  );
}

function DownloadFile(props: {
  readonly run: Run;
  readonly suffix: 'json' | 'csv';
  readonly children: string;
  content(): Blob;
}) {
  const { run, suffix, children, content } = props;
  const analytics = useAnalytics();
  const save = () => {
    analytics.captureEvent('download', `report ${suffix}`);
    saveFile(content(), `${run.id}.report.${suffix}`);
  };
  return (
    <Button
      className={styles.download}
      variant="tertiary"
      iconStart={<Icon name="download" />}
      onPress={save}
    >
      {children}
    </Button>
  );
}
