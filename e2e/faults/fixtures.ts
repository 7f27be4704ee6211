import { test as base } from '@playwright/test';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { World, type WorldOptions } from './World.ts';

/** A test with a world of its own, which ends with it. */
export const test = base.extend<{ options: WorldOptions; world: World }>({
  options: [{}, { option: true }],
  world: async ({ options }, use, info) => {
    const world = World.create(options);
    try {
      await use(world);
    } finally {
      const log = join(world.folder, 'backend.log');
      if (info.status !== info.expectedStatus && existsSync(log)) {
        await info.attach('backend.log', { path: log });
      }
      await world.close();
    }
  },
});
