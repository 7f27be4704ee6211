import { World } from './World.ts';

/**
 * Starts a backend once: only one that ends by itself leaves compiled code
 * for the next ones, and those of the tests do not.
 */
export default async function warmUp(): Promise<void> {
  const world = World.create();
  try {
    const backend = await (await world.start()).ready();
    await backend.stop();
  } finally {
    await world.close();
  }
}
