import { layoutTopology, type Box } from './topologyLayout';

const sizes = [
  [326, 236],
  [454, 236],
  [640, 360],
] as const;
const counts = Array.from({ length: 12 }, (_, index) => index + 1);
const cases = sizes.flatMap(([width, height]) =>
  counts.map(count => [width, height, count] as const),
);

const inside = (box: Box, width: number, height: number) =>
  box.x >= 0 &&
  box.y >= 0 &&
  box.x + box.width <= width &&
  box.y + box.height <= height;

describe('layoutTopology', () => {
  it.each(cases)(
    'keeps everything inside of %s x %s with %s batches, in lanes that do not touch',
    (width, height, count) => {
      const { lanes, report } = layoutTopology(width, height, count);
      expect(lanes.map(({ batch }) => batch)).toEqual(counts.slice(0, count));
      const boxes = [...lanes.flatMap(l => [l.generate, l.analyze]), report];
      expect(boxes.filter(box => !inside(box, width, height))).toEqual([]);
      for (const [index, lane] of lanes.entries()) {
        const { generate, analyze } = lane;
        expect(analyze.x).toBeGreaterThan(generate.x + generate.width);
        expect(report.x).toBeGreaterThan(analyze.x + analyze.width);
        const next = lanes[index + 1];
        expect(next?.generate.y ?? Infinity).toBeGreaterThan(
          generate.y + generate.height,
        );
      }
    },
  );

  it('leaves names out where they would not fit', () => {
    expect(layoutTopology(454, 236, 5)).toMatchObject({
      compact: false,
      named: true,
    });
    expect(layoutTopology(454, 272, 12)).toMatchObject({
      compact: true,
      named: false,
    });
    expect(layoutTopology(326, 236, 5)).toMatchObject({
      compact: false,
      named: false,
    });
  });

  it('draws the edges from node to node', () => {
    const { lanes, report } = layoutTopology(454, 236, 3);
    const { generate, analyze, toAnalyze, toReport } = lanes[0];
    const [from, to] = toAnalyze.match(/^M(\S+) \S+H(\S+)$/)?.slice(1) ?? [];
    expect(Number(from)).toBe(generate.x + generate.width);
    expect(Number(to)).toBe(analyze.x);
    expect(toReport).toMatch(
      new RegExp(`${report.x} ${report.y + report.height / 2}$`),
    );
  });
});
