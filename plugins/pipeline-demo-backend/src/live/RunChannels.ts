import { NotFoundError } from '@backstage/errors';
import { isEnded } from 'backstage-plugin-pipeline-demo-common';
import { EVERY_RUN } from '../ports/ChangeFeed';
import type { StoredRun } from '../ports/RunStore';
import { Alarm } from './Alarm';
import { followRun } from './followRun';
import type { FollowDeps } from './followRun';
import { RunChannel } from './RunChannel';
import type { Head } from './RunChannel';

/** A channel and where its news comes from. */
interface Entry {
  readonly channel: RunChannel;
  /** A keeper of this process publishes it. */
  fed: boolean;
  /** Makes the follower look. */
  readonly changed: Alarm;
  /** Ends the follower, which finds the news in the store. */
  following?: AbortController;
}

/**
 * The channels of this process, and for each of them the source of its news:
 * the run's keeper, if that is here, else a follower while somebody watches.
 */
export class RunChannels {
  readonly #deps: FollowDeps;
  readonly #signal: AbortSignal;
  readonly #entries = new Map<string, Entry>();
  readonly #followers = new Set<Promise<void>>();

  /** @param signal - ends all followers */
  static create(deps: FollowDeps, signal: AbortSignal): RunChannels {
    return new RunChannels(deps, signal);
  }

  private constructor(deps: FollowDeps, signal: AbortSignal) {
    this.#deps = deps;
    this.#signal = signal;
  }

  /** The run's channel, if somebody watches or feeds it. */
  find(runId: string): RunChannel | undefined {
    return this.#entries.get(runId)?.channel;
  }

  /** The run's channel: new, if nobody watches or feeds it yet. */
  get(runId: string): RunChannel {
    return this.#entry(runId).channel;
  }

  all(): readonly RunChannel[] {
    return [...this.#entries.values()].map(({ channel }) => channel);
  }

  /** The active run, if its keeper is in this process. */
  fedRunId(): string | undefined {
    return [...this.#entries.values()].find(
      ({ channel, fed }) => fed && !hasEnded(channel),
    )?.channel.runId;
  }

  /** The run has changed in the store; or any, for EVERY_RUN. */
  ring(runId: string): void {
    for (const { channel, changed } of this.#entries.values()) {
      if (runId === EVERY_RUN || runId === channel.runId) {
        changed.ring();
      }
    }
  }

  /** See `Broadcaster.feed`. */
  feed(stored: StoredRun): () => void {
    const entry = this.#entry(stored.run.id);
    entry.fed = true;
    this.#tend(entry);
    entry.channel.learn(stored);
    return () => {
      entry.fed = false;
      this.#tend(entry);
    };
  }

  /**
   * The channel's head, from the store unless it is kept up to date. A follower
   * is a little behind: who has seen `line` elsewhere is not told of less.
   *
   * @throws NotFoundError
   */
  async loadHead(channel: RunChannel, line: number): Promise<Head> {
    const { head, runId } = channel;
    const entry = this.#entries.get(runId);
    const isFollowed =
      entry?.following !== undefined && line <= (head?.lastLine ?? 0);
    if (head && (entry?.fed || isFollowed || hasEnded(channel))) {
      return head;
    }
    const stored = await this.#deps.runs.get(runId);
    if (!stored) {
      throw new NotFoundError(`There is no run ${runId}`);
    }
    channel.learn(stored);
    return channel.head ?? stored;
  }

  /** Viewers have come or gone. */
  tend(): void {
    this.#entries.forEach(entry => this.#tend(entry));
  }

  /** Resolves when all followers have ended. */
  async drained(): Promise<void> {
    await Promise.all(this.#followers);
  }

  #entry(runId: string): Entry {
    const entry = this.#entries.get(runId) ?? {
      channel: RunChannel.create(runId),
      changed: Alarm.create(this.#deps.clock),
      fed: false,
    };
    this.#entries.set(runId, entry);
    return entry;
  }

  /** Starts or stops the follower; drops a channel that nobody needs. */
  #tend(entry: Entry): void {
    const { channel, fed } = entry;
    const followed = !fed && channel.size > 0 && !hasEnded(channel);
    if (followed && !entry.following) {
      entry.following = new AbortController();
      this.#follow(entry, entry.following.signal);
    } else if (!followed) {
      entry.following?.abort();
      entry.following = undefined;
    }
    if (!fed && channel.size === 0) {
      this.#entries.delete(channel.runId);
    }
  }

  #follow({ channel, changed }: Entry, wanted: AbortSignal): void {
    const signal = AbortSignal.any([wanted, this.#signal]);
    const follower = followRun(this.#deps, channel, changed, signal).finally(
      () => this.#followers.delete(follower),
    );
    this.#followers.add(follower);
  }
}

function hasEnded({ head }: RunChannel): boolean {
  return head !== undefined && isEnded(head.run.phase);
}
