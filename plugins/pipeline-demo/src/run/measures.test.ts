import { aReport } from '../__testUtils__/runs';
import { formatFigure, formatMean, formatOverBar } from './measures';

const [batch] = aReport(1).batches;

describe('measures', () => {
  it('formats what stands in cells', () => {
    expect(formatFigure(500000)).toBe('500,000');
    expect(formatFigure(1.2345)).toBe('1.23');
    expect(formatMean(499.6)).toBe('499.60');
  });

  it.each([
    [48_169, '48,169'],
    [481_690, '482 k'],
    [48_169_363, '48.2 M'],
  ])('shortens a sum of %s over its bar to %s', (sum, text) => {
    expect(formatOverBar({ ...batch, sum }, 'sum')).toBe(text);
  });

  it('writes a mean in full', () => {
    expect(formatOverBar({ ...batch, mean: 499.6 }, 'mean')).toBe('499.60');
  });
});
