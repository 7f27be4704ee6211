import type { RunEvent } from 'backstage-plugin-pipeline-demo-common';
import { asError } from './asError';

/** What is here of how a run came to be what it is. */
export interface PastState {
  /** From the first one on, without a hole. */
  readonly events: readonly RunEvent[];
  /** Why the rest could not be read, in the last attempt. */
  readonly error?: Error;
}

/** What the past is read with. */
interface PastDeps {
  /** Events after a number, in order; empty when there are no more. */
  read(runId: string, after: number): Promise<readonly RunEvent[]>;
  /** How many events the run has now. */
  count(): number;
  onChange(): void;
}

const NOTHING: PastState = { events: [] };

/**
 * The events of a run. A stream begins with what they add up to, and brings
 * only those that come after; the others are read when somebody looks back.
 */
export class RunPast {
  #deps: PastDeps;
  #state = NOTHING;
  #reading = false;
  /** Grows when everything before is void: another run. */
  #generation = 0;

  constructor(deps: PastDeps) {
    this.#deps = deps;
  }

  /** The same object until something has changed. */
  get state(): PastState {
    return this.#state;
  }

  /** The stream brought the next one; kept if nothing is missing before it. */
  add(event: RunEvent): void {
    const { events } = this.#state;
    if (event.event === events.length + 1) {
      this.#state = { events: [...events, event] };
    }
  }

  /** Reads what is missing, unless that is done already. */
  load(runId: string): void {
    if (this.#reading || this.#state.events.length >= this.#deps.count()) {
      return;
    }
    const generation = this.#generation;
    this.#reading = true;
    this.#read(runId, generation)
      .catch(error => {
        if (generation === this.#generation) {
          this.#state = { ...this.#state, error: asError(error) };
        }
      })
      .finally(() => {
        if (generation === this.#generation) {
          this.#reading = false;
          this.#deps.onChange();
        }
      });
  }

  clear(): void {
    this.#state = NOTHING;
    this.#reading = false;
    this.#generation += 1;
  }

  async #read(runId: string, generation: number): Promise<void> {
    while (this.#state.events.length < this.#deps.count()) {
      const here = this.#state.events.length;
      const page = await this.#deps.read(runId, here);
      if (generation !== this.#generation) {
        return;
      }
      page.forEach(event => this.add(event));
      if (this.#state.events.length === here) {
        throw new Error(
          `Of ${this.#deps.count()} events the server has ${here}`,
        );
      }
    }
  }
}
