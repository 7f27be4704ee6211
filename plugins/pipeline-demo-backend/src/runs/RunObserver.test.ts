import { mockServices } from '@backstage/backend-test-utils';
import type { Update } from '../live/Broadcaster';
import type { StoredRun } from '../ports/RunStore';
import { allObservers } from './RunObserver';
import type { RunObserver } from './RunObserver';

const LEASE = { runId: 'r4f2abcd', owner: 'us', epoch: 3 };
const UPDATE = { runId: LEASE.runId } as Update;

const WORDS: readonly [keyof RunObserver, (all: RunObserver) => void][] = [
  ['kept', all => all.kept(LEASE, {} as StoredRun)],
  ['published', all => all.published(UPDATE)],
  ['seen', all => all.seen(LEASE.runId, 5)],
  ['letGo', all => all.letGo(LEASE.runId, 'ended')],
];

function observer(): jest.Mocked<RunObserver> {
  return {
    kept: jest.fn(),
    published: jest.fn(),
    seen: jest.fn(),
    letGo: jest.fn(),
  };
}

describe('allObservers', () => {
  it.each(WORDS)(
    'tells every observer "%s", and logs with the run who fails',
    (word, say) => {
      const logger = mockServices.logger.mock();
      logger.child.mockReturnValue(logger);
      const failure = new Error('broken');
      const broken = observer();
      broken[word].mockImplementation(() => {
        throw failure;
      });
      const other = observer();
      say(allObservers([broken, other], logger));
      expect(other[word]).toHaveBeenCalledTimes(1);
      expect(other[word].mock.calls).toEqual(broken[word].mock.calls);
      expect(logger.child).toHaveBeenCalledWith({ runId: LEASE.runId });
      expect(logger.error).toHaveBeenCalledWith(
        'An observer has failed',
        failure,
      );
    },
  );
});
