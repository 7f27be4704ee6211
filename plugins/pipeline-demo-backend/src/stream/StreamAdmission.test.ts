import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { callerOf, type Caller } from '../http/guard';
import { FakeClock } from '../testing/FakeClock';
import { ENDINGS, type Ending } from './endings';
import { StreamAdmission } from './StreamAdmission';

const MINUTE_MS = 60_000;

function world(
  requirePermission: (caller: Caller) => Promise<void> = async () => undefined,
) {
  const clock = FakeClock.create();
  const endings: Ending[] = [];
  const asked: string[] = [];
  const admission = StreamAdmission.create({
    clock,
    logger: mockServices.logger.mock(),
    limits: { viewers: 3, viewersPerUser: 2, permissionCheckMs: MINUTE_MS },
    requirePermission: async caller => {
      asked.push(caller.ref);
      await requirePermission(caller);
    },
  });
  const admit = (name: string, expiresAt?: number) =>
    admission.admit(
      callerOf(mockCredentials.user(`user:default/${name}`)),
      expiresAt,
      ending => endings.push(ending),
    );
  return { clock, endings, asked, admit };
}

describe('StreamAdmission', () => {
  it('has room for so many streams of a caller, and so many in all', () => {
    const { admit } = world();
    const first = admit('ann');
    expect(admit('ann')).toBeDefined();
    expect(admit('ann')).toBeUndefined();
    expect(admit('bob')).toBeDefined();
    expect(admit('eve')).toBeUndefined();
    first?.release();
    first?.release();
    expect(admit('eve')).toBeDefined();
    expect(admit('bob')).toBeUndefined();
  });

  it('ends a stream when its token expires, to the second', async () => {
    const { clock, endings, admit } = world();
    admit('ann', clock.now() + 90_000);
    await clock.advance(89_999);
    expect(endings).toEqual([]);
    await clock.advance(1);
    expect(endings).toEqual([ENDINGS.tokenExpired]);
    await clock.advance(10 * MINUTE_MS);
    expect(endings).toHaveLength(1);
  });

  it('ends a stream whose token has expired before', async () => {
    const { clock, endings, admit } = world();
    admit('ann', clock.now() - 1);
    await clock.advance(0);
    expect(endings).toEqual([ENDINGS.tokenExpired]);
  });

  it('ends a stream when its permission is taken away', async () => {
    let allowed = true;
    const { clock, endings, asked, admit } = world(async () => {
      if (!allowed) {
        throw new NotAllowedError('no');
      }
    });
    admit('ann');
    await clock.advance(3 * MINUTE_MS);
    expect(asked).toHaveLength(3);
    expect(endings).toEqual([]);
    allowed = false;
    await clock.advance(MINUTE_MS);
    expect(endings).toEqual([ENDINGS.forbidden]);
    await clock.advance(10 * MINUTE_MS);
    expect(asked).toHaveLength(4);
  });

  it('keeps a stream when nobody answers whether it may', async () => {
    const { clock, endings, asked, admit } = world(async () => {
      throw new Error('ECONNREFUSED');
    });
    admit('ann');
    await clock.advance(2 * MINUTE_MS);
    expect(asked).toHaveLength(2);
    expect(endings).toEqual([]);
  });

  it('has nothing to do with a stream that is closed', async () => {
    const { clock, endings, asked, admit } = world();
    const pass = admit('ann', clock.now() + MINUTE_MS);
    pass?.release();
    await clock.advance(10 * MINUTE_MS);
    expect(asked).toEqual([]);
    expect(endings).toEqual([]);
  });
});
