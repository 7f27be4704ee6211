import {
  after,
  failing,
  launched,
  moved,
  runAfter,
} from '../__testUtils__/runs';
import { endMarks, sliderLength } from './timeSlider';

const running = [
  launched,
  moved('GENERATE:1', 'succeeded', { running: 1, ended: 8 }),
  moved('GENERATE:2', 'running', { running: 2 }),
];

describe('endMarks', () => {
  it('has a mark for each task that has ended by itself', () => {
    expect(endMarks(runAfter(2, running))).toEqual([
      { task: 'GENERATE:1', phase: 'succeeded', seconds: 8 },
    ]);
    expect(endMarks(runAfter(2, failing('GENERATE:2')))).toEqual([
      { task: 'GENERATE:2', phase: 'failed', seconds: 4 },
    ]);
  });
});

describe('sliderLength', () => {
  it('is as long as the run was, whatever was expected', () => {
    const failed = runAfter(2, failing('GENERATE:2'));
    expect(sliderLength(failed, after(4), 60)).toBe(4);
  });

  it('is as long as the run is expected to be, and grows when it takes longer', () => {
    const run = runAfter(2, running);
    expect(sliderLength(run, after(9), 60)).toBe(60);
    expect(sliderLength(run, after(61), 60)).toBe(61);
    expect(sliderLength(run, after(9), undefined)).toBe(9);
  });

  it('has a length when nothing has happened yet', () => {
    expect(sliderLength(runAfter(2), after(0), undefined)).toBeGreaterThan(0);
  });
});
