const ALL = {
  randomKills: 50,
  races: 100,
  pauseMs: 60_000,
  quietMs: 60_000,
} as const;

const FEWER = {
  randomKills: 10,
  races: 20,
  pauseMs: 0,
  quietMs: 5_000,
} as const;

/** How much of what takes long is done: all of it with `npm run test:faults -- --all`. */
export const AMOUNTS: {
  /** Kills of the backend at random moments. */
  readonly randomKills: number;
  /** Pairs of starts at the same instant. */
  readonly races: number;
  /** How long an owner stands still at least; its lease decides otherwise. */
  readonly pauseMs: number;
  /** How long nothing may stir after a cancel. */
  readonly quietMs: number;
} = process.env.FAULTS_ALL ? ALL : FEWER;
