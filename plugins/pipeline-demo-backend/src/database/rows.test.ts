import { newRun } from 'backstage-plugin-pipeline-demo-common';
import { sampleLines, sampleSpec } from '../testing/sampleRuns';
import {
  toChunkRow,
  toEvent,
  toEventRow,
  toLines,
  toRunChanges,
  toStoredRun,
} from './rows';

const run = newRun(sampleSpec({ id: 'r1' }));

it('reads what it has written', () => {
  const row = { id: 'r1', number: 1, epoch: 3, last_line: 7, snapshot: '' };
  expect(
    toStoredRun({ ...row, snapshot: String(toRunChanges(run).snapshot) }),
  ).toEqual({ run, epoch: 3, lastLine: 7 });
  const event = { type: 'Launched', at: 5, event: 1 } as const;
  expect(toEvent(toEventRow('r1', event))).toEqual(event);
  const lines = sampleLines(4, 6);
  const chunk = toChunkRow('r1', lines);
  expect(chunk).toMatchObject({ first_line: 4, last_line: 6 });
  expect(toLines(chunk)).toEqual(lines);
});

it('frees the slot of an ended run only', () => {
  expect(toRunChanges(run)).not.toHaveProperty('slot');
  expect(toRunChanges({ ...run, phase: 'finishing' })).not.toHaveProperty(
    'slot',
  );
  expect(toRunChanges({ ...run, phase: 'failed', endedAt: 9 })).toMatchObject({
    slot: null,
    ended_at: 9,
  });
});

it('says which row is damaged', () => {
  const body = '{"half';
  expect(() =>
    toStoredRun({
      id: 'r1',
      number: 1,
      epoch: 1,
      last_line: 0,
      snapshot: body,
    }),
  ).toThrow('The database holds no readable run r1');
  expect(() => toEvent({ run_id: 'r1', event: 2, body })).toThrow(
    'The database holds no readable event 2 of run r1',
  );
  expect(() =>
    toLines({ run_id: 'r1', first_line: 8, last_line: 9, body }),
  ).toThrow('The database holds no readable line 8 of run r1');
});
