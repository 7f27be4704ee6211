import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from './Journal';
import { runFiles } from './runFolder';

const folders: string[] = [];
afterEach(() => {
  jest.restoreAllMocks();
  folders.splice(0).forEach(folder => rmSync(folder, { recursive: true }));
});

function newFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'pipeline-demo-journal-'));
  folders.push(folder);
  return runFiles(folder);
}

const EXIT = { type: 'deadline', at: 5, message: 'too long' } as const;

describe('Journal', () => {
  it('has a time that does not go back with the clock of the machine', () => {
    const journal = Journal.open(newFiles());
    const now = jest.spyOn(Date, 'now');

    const times = [1000, 1020, 1020 - 60_000, 1030].map(time => {
      now.mockReturnValue(time);
      return journal.now();
    });
    expect(times).toEqual([1000, 1020, 1020, 1030]);
  });

  it('stamps its own words, and their end', () => {
    const files = newFiles();
    const journal = Journal.open(files);
    jest.spyOn(Date, 'now').mockReturnValue(1000);
    journal.say('größer');
    journal.stamp('GENERATE_1', 70, 'more');
    journal.close(EXIT);

    expect(readFileSync(files.driverLog, 'utf8')).toBe('größer\n');
    expect(readFileSync(files.stamps, 'utf8')).toBe(
      '1000 9 driver\n1000 70 GENERATE_1\n1000 9 driver end\n',
    );
    expect(JSON.parse(readFileSync(files.exit, 'utf8'))).toEqual(EXIT);
  });

  it('gives its reserve back before it writes the exit', () => {
    const files = newFiles();
    writeFileSync(files.reserve, 'room');
    Journal.open(files).close(EXIT);

    expect(existsSync(files.reserve)).toBe(false);
    expect(existsSync(files.exit)).toBe(true);
  });

  // A file on a disk that is always full, where the platform has one.
  if (existsSync('/dev/full')) {
    it('writes nothing after what it could not write, but the exit', () => {
      const files = newFiles();
      symlinkSync('/dev/full', files.stamps);
      const journal = Journal.open(files);
      expect(() => journal.say('first')).toThrow('ENOSPC');
      journal.say('second');
      journal.fact({
        at: 1,
        task: 'REPORT',
        attempt: { uid: 'u', createdAt: 1, phase: 'running' },
      });
      journal.close(EXIT);

      expect(readFileSync(files.driverLog, 'utf8')).toBe('first\n');
      expect(readFileSync(files.facts, 'utf8')).toBe('');
      expect(existsSync(files.exit)).toBe(true);
    });
  }
});
