import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  formatDuration,
  type Forecast,
  type Run,
} from 'backstage-plugin-pipeline-demo-common';
import { useRef } from 'react';
import type { CSSProperties, KeyboardEvent, RefObject } from 'react';
import type { Moment } from '../state/useMoment';
import { pipelineDemoTranslationRef } from '../translation';
import { Icon } from './icons';
import { phaseClass } from './Phase';
import styles from './TimeScrubber.module.css';
import {
  FINEST_SECONDS,
  endMarks,
  secondsOf,
  sliderLength,
  stepOfKey,
} from './timeSlider';
import { PLAY_SPEED, usePlay } from './usePlay';

interface TimeScrubberProps {
  /** As it is now. */
  readonly run: Run;
  readonly moment: Moment;
  readonly forecast?: Forecast;
  /** Missing: it is live, or over. */
  readonly sight?: 'lost';
}

/** Goes back in the run's time, and plays it from there. */
export function TimeScrubber(props: TimeScrubberProps) {
  const { run, moment, forecast } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const play = usePlay(moment, run.createdAt);
  const slider = useRef<HTMLInputElement>(null);
  const length = sliderLength(run, moment.end, forecast?.durationSeconds);
  const goesOn = run.finishedAt === undefined;
  const isOff = run.phase === 'queued';
  return (
    <div
      className={styles.scrubber}
      role="group"
      aria-label={t('scrubber.label')}
    >
      <button
        type="button"
        className={styles.play}
        title={t('scrubber.playHelp', { speed: PLAY_SPEED })}
        aria-label={t(play.isPlaying ? 'scrubber.pause' : 'scrubber.play')}
        disabled={isOff}
        onClick={play.toggle}
      >
        <Icon name={play.isPlaying ? 'pause' : 'play'} size={12} />
      </button>
      <span className={styles.time} aria-hidden="true">
        {formatDuration(secondsOf(run, moment.at ?? moment.end))}
      </span>
      <div className={styles.slider}>
        <Marks run={run} length={length} />
        <TimeSlider
          input={slider}
          run={run}
          moment={moment}
          length={length}
          isOff={isOff}
          onPlay={play.toggle}
          onMove={at => {
            play.pause();
            moment.goTo(at);
          }}
        />
      </div>
      <span className={`${styles.time} ${styles.end}`} aria-hidden="true">
        {goesOn && forecast
          ? t('scrubber.about', { duration: formatDuration(length) })
          : formatDuration(secondsOf(run, moment.end))}
      </span>
      <State
        {...props}
        onBack={() => {
          moment.toEnd();
          // The button is gone, and the focus has to be somewhere.
          slider.current?.focus();
        }}
      />
    </div>
  );
}

/** The browser's own slider: pointer, finger and keys work as everywhere. */
function TimeSlider(props: {
  readonly input: RefObject<HTMLInputElement>;
  readonly run: Run;
  readonly moment: Moment;
  /** Seconds. */
  readonly length: number;
  readonly isOff: boolean;
  onPlay(): void;
  /** In epoch milliseconds. */
  onMove(at: number): void;
}) {
  const { run, moment, length, onMove, onPlay } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const value = secondsOf(run, moment.at ?? moment.end);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOfKey(event.key);
    if (event.key === ' ') {
      onPlay();
    } else if (step !== undefined) {
      onMove(run.createdAt + 1000 * (value + step));
    } else {
      return;
    }
    event.preventDefault();
  };
  const time = formatDuration(value);
  const total = formatDuration(secondsOf(run, moment.end));
  return (
    <input
      ref={props.input}
      className={styles.range}
      type="range"
      min={0}
      max={length}
      step={FINEST_SECONDS}
      value={Math.min(length, value)}
      disabled={props.isOff}
      aria-label={t('scrubber.slider')}
      aria-valuetext={t(valueWords(run, moment), { time, total })}
      aria-keyshortcuts="Space"
      style={{ '--share': value / length } as CSSProperties}
      onChange={event =>
        onMove(run.createdAt + 1000 * Number(event.target.value))
      }
      onKeyDown={onKeyDown}
    />
  );
}

function valueWords(run: Run, moment: Moment) {
  return moment.at === undefined && run.finishedAt === undefined
    ? 'scrubber.valueNow'
    : 'scrubber.value';
}

/** Where tasks have ended. */
function Marks(props: {
  readonly run: Run;
  /** Seconds. */
  readonly length: number;
}) {
  const { run, length } = props;
  return (
    <div className={styles.marks} aria-hidden="true">
      {endMarks(run).map(({ task, phase, seconds }) => (
        <i
          key={`${task} ${seconds}`}
          className={phaseClass(phase)}
          style={{ left: `${(100 * seconds) / length}%` }}
        />
      ))}
    </div>
  );
}

/** The way back, or why there is none; both in the same place. */
function State(props: TimeScrubberProps & { onBack(): void }) {
  const { run, moment, sight } = props;
  const { t } = useTranslationRef(pipelineDemoTranslationRef);
  const goesOn = run.finishedAt === undefined;
  const isBack = moment.at !== undefined;
  return (
    <div className={styles.state}>
      <button
        type="button"
        className={styles.back}
        data-hidden={!isBack}
        onClick={props.onBack}
      >
        {t(goesOn ? 'scrubber.toNow' : 'scrubber.toEnd')}
      </button>
      {!isBack && goesOn && (
        <span className={styles.live} data-sight={sight}>
          {t(sight === 'lost' ? 'scrubber.notLive' : 'scrubber.now')}
        </span>
      )}
      {!isBack && !goesOn && (
        <span>{t('scrubber.speed', { speed: PLAY_SPEED })}</span>
      )}
    </div>
  );
}
