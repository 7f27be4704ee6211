import { pickMarked, runMark } from './runProcesses';

const ours = { nonce: 'n1', run: 'work.r1' };
const at = (startedAt: string, pid: number, group = pid) => ({
  pid,
  group,
  startedAt,
});

describe('pickMarked', () => {
  const marks = {
    run: 'work.r1',
    nonce: 'n1',
    leaders: [at('monday', 20), at('monday', 30)],
  };

  it('picks by the run, or by its nonce, the supervisor first', () => {
    const task = { ...at('monday', 1), ...ours, task: 'ANALYZE:1' };
    const supervisor = { ...at('monday', 2), ...ours };
    const moved = { ...at('monday', 3), run: 'elsewhere.r1', nonce: 'n1' };
    const folderGone = { ...at('monday', 4), run: 'work.r1', nonce: 'n0' };
    const other = { ...at('monday', 5), run: 'work.r2', nonce: 'n2' };
    const all = [task, supervisor, moved, folderGone, other];

    expect(pickMarked(all, marks)).toEqual([
      supervisor,
      moved,
      folderGone,
      task,
    ]);
  });

  it("picks the groups of its tasks where environments can't be read", () => {
    const leader = at('monday', 20);
    const member = at('tuesday', 21, 20);
    const leaderless = at('tuesday', 31, 30);
    const stranger = at('tuesday', 40);

    expect(pickMarked([leader, member, leaderless, stranger], marks)).toEqual([
      leader,
      member,
      leaderless,
    ]);
  });

  it('leaves a group alone whose number is a stranger by now', () => {
    const stranger = at('tuesday', 20);
    const strangersChild = at('tuesday', 21, 20);

    expect(pickMarked([stranger, strangersChild], marks)).toEqual([]);
  });

  it('leaves a marked process of another run alone, whatever its group', () => {
    const other = { ...at('monday', 20), run: 'work.r2', nonce: 'n2' };

    expect(pickMarked([other], marks)).toEqual([]);
  });
});

describe('runMark', () => {
  it('tells runs and work directories apart, without blanks', () => {
    const all = ['/a/r1', '/a/r2', '/b c/r1'].map(runMark);

    expect(new Set(all).size).toBe(3);
    all.forEach(mark => expect(mark).toMatch(/^[0-9a-f]{16}\.r[12]$/));
  });
});
