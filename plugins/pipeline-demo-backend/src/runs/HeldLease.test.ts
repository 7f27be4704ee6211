import { mockServices } from '@backstage/backend-test-utils';
import { LeaseLostError } from '../ports/RunStore';
import type { Lease } from '../ports/RunStore';
import { useRunWorld } from '../testing/useRunWorld';
import { HeldLease } from './HeldLease';

const LEASE_MS = 15_000;

const world = useRunWorld();
const logger = mockServices.logger.mock();

function hold() {
  const { clock, runs } = world();
  const lease: Lease = { runId: 'r1', owner: 'me', epoch: 1 };
  const renew = jest.spyOn(runs, 'renewLease').mockResolvedValue(true);
  const options = { lease, leaseMs: LEASE_MS, runs, clock, logger };
  return { held: HeldLease.hold(options), renew };
}

/** What came of a loop that may go on for ever. */
function outcomeOf(loop: Promise<void>) {
  const outcome: { error?: unknown; done: boolean } = { done: false };
  void loop.then(
    () => {
      outcome.done = true;
    },
    error => {
      outcome.error = error;
    },
  );
  return outcome;
}

describe('HeldLease', () => {
  it('renews three times in the life of a lease', async () => {
    const { held, renew } = hold();
    const stop = new AbortController();
    const outcome = outcomeOf(held.keepRenewing(stop.signal));
    await world().clock.advance(4 * LEASE_MS);
    stop.abort();
    await world().clock.settle();

    expect(renew).toHaveBeenCalledTimes(12);
    expect(outcome).toEqual({ done: true });
  });

  it('is lost when another owner has it', async () => {
    const { held, renew } = hold();
    const outcome = outcomeOf(held.keepRenewing(new AbortController().signal));
    renew.mockResolvedValue(false);
    await world().clock.advance(LEASE_MS / 3);

    expect(outcome.error).toBeInstanceOf(LeaseLostError);
  });

  it('outlives a store that does not answer for a while', async () => {
    const { held, renew } = hold();
    const stop = new AbortController();
    const outcome = outcomeOf(held.keepRenewing(stop.signal));
    renew.mockRejectedValue(new Error('no connection'));
    await world().clock.advance(LEASE_MS - 1_500);
    renew.mockResolvedValue(true);
    await world().clock.advance(4 * LEASE_MS);
    stop.abort();
    await world().clock.settle();

    expect(outcome).toEqual({ done: true });
  });

  it.each<[string, () => Promise<boolean>]>([
    ['fails', () => Promise.reject(new Error('no connection'))],
    ['does not answer', () => new Promise(() => {})],
  ])('is lost when renewing %s for as long as it lives', async (_, answer) => {
    const { held, renew } = hold();
    const outcome = outcomeOf(held.keepRenewing(new AbortController().signal));
    renew.mockImplementation(answer);
    await world().clock.advance(LEASE_MS - 2);
    expect(outcome.error).toBeUndefined();
    await world().clock.advance(LEASE_MS / 15 + 2);

    expect(outcome.error).toBeInstanceOf(LeaseLostError);
  });

  it('is renewed before something that must not outlive it', async () => {
    const { held, renew } = hold();
    const { signal } = new AbortController();
    await held.require(LEASE_MS - 1, signal);
    expect(renew).not.toHaveBeenCalled();
    await world().clock.advance(2);
    await held.require(LEASE_MS - 1, signal);
    expect(renew).toHaveBeenCalledTimes(1);
    await world().clock.advance(LEASE_MS);
    renew.mockResolvedValue(false);

    await expect(held.require(1_000, signal)).rejects.toThrow(LeaseLostError);
    expect(held.callTimeoutMs).toBe(5_000);
  });

  it('can be given back, and does not mind if that fails', async () => {
    const { held } = hold();
    const release = jest
      .spyOn(world().runs, 'releaseLease')
      .mockRejectedValue(new Error('no connection'));
    await held.release();

    expect(release).toHaveBeenCalledTimes(1);
  });
});
