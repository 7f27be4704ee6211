import { test as base } from '@playwright/test';
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { World, type WorldOptions } from './World.ts';

/** A test with a world of its own, which ends with it. */
export const test = base.extend<{ options: WorldOptions; world: World }>({
  options: [{}, { option: true }],
  world: async ({ options }, use, info) => {
    const world = World.create(options);
    try {
      await use(world);
    } finally {
      if (info.status !== info.expectedStatus) {
        for (const path of globSync(join(world.folder, '*.log'))) {
          await info.attach(basename(path), { path });
        }
      }
      await world.close();
    }
  },
});
