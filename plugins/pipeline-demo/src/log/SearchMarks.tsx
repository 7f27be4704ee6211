import { marksOf } from './marks';
import type { Rows } from './rows';
import styles from './SearchMarks.module.css';

/** Beside the scrollbar: where in the log there are matches. */
export function SearchMarks(props: {
  readonly rows: Rows;
  /** Numbers of lines, in order. */
  readonly hits: readonly number[];
}) {
  const { parts, marked } = marksOf(props.rows, props.hits);
  if (marked.length === 0) {
    return null;
  }
  return (
    <svg
      className={styles.marks}
      viewBox={`0 0 1 ${parts}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path
        d={marked.map(part => `M0 ${part + 0.5}h1`).join('')}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
