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
}
