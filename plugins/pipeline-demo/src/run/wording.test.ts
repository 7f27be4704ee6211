import { shortName, whenText, type Words } from './wording';

const t = ((key: string, values: Record<string, string>) =>
  `${key} ${Object.values(values).join(' ')}`) as unknown as Words;

describe('wording', () => {
  it.each([
    ['user:default/guest', 'guest'],
    ['user:other/jane.doe', 'jane.doe'],
    ['guest', 'guest'],
  ])('shortens %s to %s', (ref, name) => {
    expect(shortName(ref)).toBe(name);
  });

  it('says today, yesterday, or the day', () => {
    const now = new Date();
    const daysAgo = (days: number) => {
      const date = new Date(now);
      date.setDate(date.getDate() - days);
      date.setHours(13, 31);
      return date.toISOString();
    };
    expect(whenText(t, daysAgo(0))).toBe('when.today 13:31');
    expect(whenText(t, daysAgo(1))).toBe('when.yesterday 13:31');
    expect(whenText(t, daysAgo(40))).toMatch(/^when\.day .+ 13:31$/);
  });
});
