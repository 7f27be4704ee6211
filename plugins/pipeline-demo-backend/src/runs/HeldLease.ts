import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock } from '../ports/Clock';
import { LeaseLostError } from '../ports/RunStore';
import type { Lease, RunStore } from '../ports/RunStore';

/** A lease is renewed so many times in its life, so that one failure costs nothing. */
const RENEWALS_PER_LIFE = 3;

/** After a renewal that failed, as a part of the lease's life. */
const RETRIES_PER_LIFE = 15;

const CALL_TIMEOUT_MS = 5_000;

/** What `HeldLease` works with. */
export interface HeldLeaseOptions {
  readonly lease: Lease;
  /** How long it holds without being renewed. */
  readonly leaseMs: number;
  readonly runs: RunStore;
  readonly clock: Clock;
  readonly logger: LoggerService;
}

/**
 * A lease that this process has taken. What is known here is when it holds at
 * the least: the store's own clock decides.
 */
export class HeldLease {
  readonly #options: HeldLeaseOptions;
  #heldUntil: number;

  /** Right after it was taken. */
  static hold(options: HeldLeaseOptions): HeldLease {
    return new HeldLease(options);
  }

  private constructor(options: HeldLeaseOptions) {
    this.#options = options;
    this.#heldUntil = options.clock.now() + options.leaseMs;
  }

  /** How long a call may take that must not outlive the lease. */
  get callTimeoutMs(): number {
    return Math.min(CALL_TIMEOUT_MS, this.#options.leaseMs / 2);
  }

  /**
   * Renews the lease for as long as it can.
   *
   * @throws LeaseLostError when another owner has it, or when it may have
   *   expired because the store was not reached in time
   */
  async keepRenewing(signal: AbortSignal): Promise<void> {
    const { clock, leaseMs } = this.#options;
    while (!signal.aborted) {
      await clock.sleep(leaseMs / RENEWALS_PER_LIFE, signal);
      while (!signal.aborted && !(await this.#renewInTime(signal))) {
        await clock.sleep(leaseMs / RETRIES_PER_LIFE, signal);
      }
    }
  }

  /** Makes sure that the lease holds for so long. @throws LeaseLostError */
  async require(ms: number, signal: AbortSignal): Promise<void> {
    const { clock, leaseMs } = this.#options;
    while (!signal.aborted && this.#heldUntil - clock.now() < ms) {
      if (!(await this.#renewInTime(signal))) {
        await clock.sleep(leaseMs / RETRIES_PER_LIFE, signal);
      }
    }
  }

  /** Lets others take it at once. */
  async release(): Promise<void> {
    const { runs, lease, logger } = this.#options;
    try {
      await runs.releaseLease(lease);
    } catch (error) {
      // It expires by itself.
      logger.warn('A lease was not released', { error: String(error) });
    }
  }

  /** @returns false when the store was not reached, and the lease still holds */
  async #renewInTime(signal: AbortSignal): Promise<boolean> {
    const { clock, leaseMs } = this.#options;
    const late = new AbortController();
    const expiry = clock
      .sleep(
        Math.max(leaseMs / RETRIES_PER_LIFE, this.#heldUntil - clock.now()),
        AbortSignal.any([signal, late.signal]),
      )
      .then(() => 'expired' as const);
    const result = await Promise.race([this.#renew(), expiry]);
    late.abort();
    if (result === 'lost' || clock.now() >= this.#heldUntil) {
      throw new LeaseLostError(
        `The lease of run ${this.#options.lease.runId} is ${result}`,
      );
    }
    return result === 'renewed';
  }

  /** Never rejects. */
  async #renew(): Promise<'renewed' | 'lost' | 'not reached'> {
    const { runs, lease, leaseMs, clock, logger } = this.#options;
    const askedAt = clock.now();
    try {
      if (!(await runs.renewLease(lease, leaseMs))) {
        return 'lost';
      }
      this.#heldUntil = askedAt + leaseMs;
      return 'renewed';
    } catch (error) {
      logger.warn('A lease was not renewed', { error: String(error) });
      return 'not reached';
    }
  }
}
