import { parseReport } from './report';
import type { Report } from './report';

const batch = (number: number) => ({
  batch: number,
  rows: 100,
  sum: 5000.5,
  mean: 50.005,
  min: 0.1,
  max: 99.9,
  stdDev: 28.8,
});

const REPORT: Report = {
  v: 1,
  generatedAt: '2024-01-01T00:00:00Z',
  batchCount: 2,
  totals: { rows: 200, sum: 10001, mean: 50.005, min: 0.1, max: 99.9 },
  batches: [batch(1), batch(2)],
};

describe('parseReport', () => {
  it('reads what the report script writes', () => {
    expect(parseReport(`${JSON.stringify(REPORT)}\n`)).toEqual({
      type: 'report',
      report: REPORT,
    });
  });

  it.each(['', '{', '{"v":1', '@report {}'])('is not JSON: %j', text => {
    expect(parseReport(text)).toEqual({
      type: 'unreadable',
      message: expect.stringMatching(/^The report is not JSON: /),
    });
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['a number', 7],
    ['a list', []],
    ['another version', { ...REPORT, v: 2 }],
    ['no time', { ...REPORT, generatedAt: undefined }],
    ['half a batch', { ...REPORT, batchCount: 1.5 }],
    ['fewer batches than it says', { ...REPORT, batches: [batch(1)] }],
    ['batches in no order', { ...REPORT, batches: [batch(2), batch(1)] }],
    ['no batches', { ...REPORT, batches: undefined }],
    ['an empty batch', { ...REPORT, batches: [batch(1), null] }],
    ['no totals', { ...REPORT, totals: null }],
    ['a text for a sum', { ...REPORT, totals: { ...REPORT.totals, sum: '1' } }],
    [
      'a missing deviation',
      { ...REPORT, batches: [batch(1), { ...batch(2), stdDev: undefined }] },
    ],
  ])('has not the shape of version 1: %s', (_, value) => {
    expect(parseReport(JSON.stringify(value))).toEqual({
      type: 'unreadable',
      message: 'The report has not the shape of version 1.',
    });
  });
});
