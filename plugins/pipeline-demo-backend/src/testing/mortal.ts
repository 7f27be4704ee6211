/**
 * A process that can be killed: at its n-th step, which is the beginning or
 * the end of a call to one of its ports, it stops for ever. A call that has
 * begun may have had its effect, or not: that depends on the step.
 */
export class Life {
  readonly #steps: number;
  #lived = 0;

  /** Lives for so many steps. */
  static of(steps: number): Life {
    return new Life(steps);
  }

  private constructor(steps: number) {
    this.#steps = steps;
  }

  get isOver(): boolean {
    return this.#lived >= this.#steps;
  }

  /** Does not return when life is over. */
  async step(): Promise<void> {
    this.#lived += 1;
    if (this.isOver) {
      await new Promise(() => {});
    }
  }
}

/** What is answered at once, and takes no step. */
const IMMEDIATE: ReadonlySet<string | symbol> = new Set(['now']);
const ITERABLES: ReadonlySet<string | symbol> = new Set(['observe', 'follow']);

/** The port, as a process with this life has it. */
export function mortal<T extends object>(port: T, life: Life): T {
  return new Proxy(port, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function' || IMMEDIATE.has(key)) {
        return typeof value === 'function' ? value.bind(target) : value;
      }
      const call = (args: unknown[]) => Reflect.apply(value, target, args);
      return ITERABLES.has(key)
        ? (...args: unknown[]) =>
            mortalItems(call(args) as AsyncIterable<unknown>, life)
        : async (...args: unknown[]) => {
            await life.step();
            const result = await call(args);
            await life.step();
            return result;
          };
    },
  });
}

async function* mortalItems<T>(
  items: AsyncIterable<T>,
  life: Life,
): AsyncGenerator<T> {
  await life.step();
  for await (const item of items) {
    await life.step();
    yield item;
    await life.step();
  }
}
