import styles from './GaugeBar.module.css';

/** A bar: what others hold, what this run holds, and a tick at its peak. */
export function GaugeBar(props: {
  readonly name: string;
  readonly amount: string;
  readonly limit: number;
  readonly others?: number;
  readonly own: number;
  /** Where the tick stands, in the same measure as `limit`. */
  readonly peak?: number;
  /** What is over is grey. */
  readonly tone: 'live' | 'past';
  readonly text?: string;
}) {
  const { limit, others = 0, own, peak } = props;
  const percent = (amount: number) =>
    `${Math.min(100, limit > 0 ? (100 * amount) / limit : 0)}%`;
  return (
    <div className={styles.gauge}>
      <div className={styles.head}>
        <span className={styles.name}>{props.name}</span>
        <span>{props.amount}</span>
      </div>
      <div className={styles.track}>
        <i className={styles.others} style={{ width: percent(others) }} />
        <i
          className={styles.own}
          data-tone={props.tone}
          style={{ left: percent(others), width: percent(own) }}
        />
        {peak !== undefined && (
          <i className={styles.peak} style={{ left: percent(peak) }} />
        )}
      </div>
      <div className={styles.text}>{props.text}</div>
    </div>
  );
}
