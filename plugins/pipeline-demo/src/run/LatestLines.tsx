import { plainText } from '../log/ansi';
import { useLogBuffer } from '../state/useRunSession';
import styles from './LatestLines.module.css';

const SHOWN_LINES = 3;

/** The end of the log at a glance. */
export function LatestLines() {
  const buffer = useLogBuffer();
  const numbers = Array.from(
    { length: SHOWN_LINES },
    (_, index) => buffer.lastLine - SHOWN_LINES + 1 + index,
  );
  return (
    <ol className={styles.lines}>
      {numbers.flatMap(number => {
        const line = buffer.line(number);
        return line
          ? [
              <li key={number}>
                <span className={styles.task}>{line.task}</span>{' '}
                {plainText(line.text)}
              </li>,
            ]
          : [];
      })}
    </ol>
  );
}
