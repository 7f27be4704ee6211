import type { Clock } from '../ports/Clock';

/** "gone" is the pod, after it was seen. */
export type ContainerState = 'running' | 'terminated' | 'gone';

const ORDER: readonly ContainerState[] = ['running', 'terminated', 'gone'];

/** What is known of a container, told by one who watches and heard by one who reads its log. */
export class ContainerFate {
  #state: ContainerState;
  #change = new AbortController();

  private constructor(state: ContainerState) {
    this.#state = state;
  }

  static create(state: ContainerState): ContainerFate {
    return new ContainerFate(state);
  }

  get state(): ContainerState {
    return this.#state;
  }

  /** It never goes back: what is said late is not listened to. */
  tell(state: ContainerState): void {
    if (ORDER.indexOf(state) > ORDER.indexOf(this.#state)) {
      this.#state = state;
      this.#change.abort();
      this.#change = new AbortController();
    }
  }

  /** Returns at the next change, or after `ms`, or when the signal is aborted. */
  changed(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
    return clock.sleep(ms, AbortSignal.any([signal, this.#change.signal]));
  }
}
