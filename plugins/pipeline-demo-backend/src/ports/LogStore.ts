import type { LogLine } from 'backstage-plugin-pipeline-demo-common';
import type { ResumePoint } from './Engine';
import type { Lease } from './RunStore';

/**
 * The lines of runs, in chunks, with the resume points of their sources.
 * Contract: `testing/storeContracts.ts`.
 */
export interface LogStore {
  /**
   * Appends lines (dense, after the last stored one) and moves resume points
   * in the same transaction.
   *
   * @throws LeaseLostError when the epoch is not the run's
   */
  append(
    lease: Lease,
    lines: readonly LogLine[],
    resume: ReadonlyMap<string, ResumePoint>,
  ): Promise<void>;

  resumePoints(runId: string): Promise<ReadonlyMap<string, ResumePoint>>;

  /** 0 when there is none. */
  lastLine(runId: string): Promise<number>;

  /**
   * At most `limit` lines with numbers in `from..to`, in order: one bounded
   * page of a read that may be long.
   */
  read(
    runId: string,
    range: {
      readonly from: number;
      readonly to: number;
      readonly limit: number;
    },
  ): Promise<readonly LogLine[]>;
}
