import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test.use({
  options: {
    pipelineDemo: {
      lease: 'soon',
      lots: 3,
      local: { slots: 0 },
      stream: { viewers: '1000' },
    },
  },
});

test('a wrong configuration ends the start, with a sentence for each wrong key', async ({
  world,
}) => {
  const portal = await world.startPortal();

  expect(await portal.ended).toBe(1);
  // Told when they are found, and again as the last words.
  const sentences = new Set(
    portal
      .output()
      .split('\n')
      .filter(line => line.startsWith('- '))
      .map(line => line.replace(/ must be .*/, ' must be …')),
  );
  expect([...sentences]).toEqual([
    '- pipelineDemo.lots is not known.',
    '- pipelineDemo.local.slots must be …',
    '- pipelineDemo.lease must be …',
    '- pipelineDemo.stream.viewers must be …',
  ]);
});
