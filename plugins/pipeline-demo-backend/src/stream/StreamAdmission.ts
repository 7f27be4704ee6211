import type { LoggerService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { Caller } from '../http/guard';
import type { Clock } from '../ports/Clock';
import { ENDINGS, type Ending } from './endings';

/** What `StreamAdmission` works with. */
export interface StreamAdmissionOptions {
  readonly clock: Clock;
  readonly logger: LoggerService;
  readonly limits: {
    /** Open streams of this process. */
    readonly viewers: number;
    /** Open streams of one caller. */
    readonly viewersPerUser: number;
    /** How often an open stream's permission is looked at again. */
    readonly permissionCheckMs: number;
  };
  /** @throws NotAllowedError when the caller may not see runs */
  readonly requirePermission: (caller: Caller) => Promise<void>;
}

/** The right to have a stream open. */
export interface StreamPass {
  /** The stream is closed. */
  release(): void;
}

/**
 * Who may have a stream open, and for how long: so many in all and for each
 * caller, until the token expires or the permission is taken away. The same
 * for WebSockets and server-sent events.
 */
export class StreamAdmission {
  readonly #options: StreamAdmissionOptions;
  readonly #open = new Map<string, number>();
  #total = 0;

  static create(options: StreamAdmissionOptions): StreamAdmission {
    return new StreamAdmission(options);
  }

  private constructor(options: StreamAdmissionOptions) {
    this.#options = options;
  }

  /**
   * Counts a stream and watches over it.
   *
   * @param expiresAt - of the caller's token, in epoch milliseconds
   * @param end - called once, at the most, when the stream must end
   * @returns undefined when there is no room
   */
  admit(
    caller: Caller,
    expiresAt: number | undefined,
    end: (ending: Ending) => void,
  ): StreamPass | undefined {
    const { viewers, viewersPerUser } = this.#options.limits;
    const own = this.#open.get(caller.ref) ?? 0;
    if (this.#total >= viewers || own >= viewersPerUser) {
      return undefined;
    }
    this.#count(caller.ref, 1);
    const closed = new AbortController();
    void this.#watch(caller, expiresAt ?? Infinity, end, closed.signal);
    return {
      release: () => {
        if (!closed.signal.aborted) {
          closed.abort();
          this.#count(caller.ref, -1);
        }
      },
    };
  }

  #count(ref: string, change: 1 | -1): void {
    const count = (this.#open.get(ref) ?? 0) + change;
    this.#total += change;
    if (count === 0) {
      this.#open.delete(ref);
    } else {
      this.#open.set(ref, count);
    }
  }

  /** Never rejects. */
  async #watch(
    caller: Caller,
    expiresAt: number,
    end: (ending: Ending) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, limits } = this.#options;
    while (!signal.aborted) {
      const left = Math.max(0, expiresAt - clock.now());
      await clock.sleep(Math.min(limits.permissionCheckMs, left), signal);
      const ending = signal.aborted
        ? undefined
        : await this.#endingOf(caller, expiresAt);
      if (ending && !signal.aborted) {
        end(ending);
        return;
      }
    }
  }

  async #endingOf(
    caller: Caller,
    expiresAt: number,
  ): Promise<Ending | undefined> {
    const { clock, logger, requirePermission } = this.#options;
    if (clock.now() >= expiresAt) {
      return ENDINGS.tokenExpired;
    }
    try {
      await requirePermission(caller);
      return undefined;
    } catch (error) {
      if (NotAllowedError.is(error)) {
        return ENDINGS.forbidden;
      }
      // Who was allowed a minute ago is not thrown out because nobody answers.
      logger.warn('Permission of an open stream is not known', {
        error: String(error),
      });
      return undefined;
    }
  }
}
