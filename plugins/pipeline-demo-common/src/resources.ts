/** `cpu` in cores, `memory` in bytes. @public */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
}

/**
 * What an engine can give, as of `at` (epoch milliseconds).
 * `slots` is how many tasks a local engine runs at once; `limit` and `used`
 * come from a quota or from nodes. What is missing is not limited, or not
 * readable.
 *
 * @public
 */
export interface Capacity {
  readonly basis: 'slots' | 'quota' | 'nodes' | 'none';
  readonly at: number;
  readonly slots?: number;
  readonly limit?: Resources;
  readonly used?: Resources;
  /** The most of each that a node has for pods: what asks for more never finds a place. */
  readonly largestNode?: Resources;
  /** The most that a pod may ask for; what is missing is not limited. */
  readonly largestPod?: Partial<Resources>;
}

/** Finer amounts are dust of the arithmetic: 0.1 + 0.2. */
const CORE_PARTS = 1e6;

/** Sums and differences of amounts, without the dust. @public */
export function tidy({ cpu, memory }: Resources): Resources {
  return {
    cpu: Math.round(cpu * CORE_PARTS) / CORE_PARTS,
    memory: Math.round(memory),
  };
}

/** What is left of the limit now; undefined where nothing limits. @public */
export function freeOf({ limit, used }: Capacity): Resources | undefined {
  return (
    limit &&
    tidy({
      cpu: Math.max(0, limit.cpu - (used?.cpu ?? 0)),
      memory: Math.max(0, limit.memory - (used?.memory ?? 0)),
    })
  );
}
