import {
  KUBERNETES_CAPACITY,
  NOMINAL_DURATIONS,
} from 'backstage-plugin-pipeline-demo-common';
import type {
  Capacity,
  Durations,
  EngineName,
  RunView,
} from 'backstage-plugin-pipeline-demo-common';
import type { Playback } from './Playback';
import { endingScenarios } from './endings';
import { historyOfRuns } from './history';
import { bigLogScenarios } from './bigLogs';
import {
  SLOW,
  play,
  recorded5,
  recorded12,
  running12,
  running5,
} from './plays';
import { driverWaits, notLaunched } from './troubledRuns';

/** A state of the page, and the server that makes it. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** Under the portal's root. */
  readonly path: string;
  readonly engine: EngineName;
  /** What there is, and what others use of it. */
  readonly capacity: Capacity;
  readonly durations: Durations;
  readonly history: readonly RunView[];
  /** Names of permissions that the viewer does not have. */
  readonly denied?: readonly string[];
  /** The stream is refused with this error. */
  readonly refused?: { readonly name: string; readonly message: string };
  /** The sentence with which a start fails. */
  readonly startProblem?: string;
  /** How long a start takes to be answered, in milliseconds. */
  readonly startMs?: number;
  /** The request that was attached to the run instead of being started. */
  readonly attachedInsteadOf?: number;
  /** Missing: no run is there. */
  play?(): Playback;
  /** What a start begins. */
  start?(batchCount: number): Playback;
  cancel?(running: Playback): Playback;
}

const RUN = '/pipeline-demo/runs/r4f2';

/** What most scenarios have: a quota with room for four tasks at once. */
export const BASE = {
  path: RUN,
  engine: 'kubernetes',
  capacity: {
    ...KUBERNETES_CAPACITY,
    used: { cpu: 7.5, memory: 12 * 2 ** 30 },
  },
  durations: SLOW,
  history: historyOfRuns(),
} as const satisfies Partial<Scenario>;

/** The laptop's own: slots instead of a quota. */
const LOCAL = {
  engine: 'local',
  capacity: { basis: 'slots', at: 0, slots: 4 },
  durations: NOMINAL_DURATIONS.local,
} as const satisfies Partial<Scenario>;

const START = {
  ...BASE,
  path: '/pipeline-demo',
  capacity: { ...BASE.capacity, used: { cpu: 3, memory: 12 * 2 ** 30 } },
} as const;

/** Room for six tasks at once. */
const ROOMIER = { ...BASE.capacity, used: { cpu: 6, memory: 12 * 2 ** 30 } };

const starts: readonly Scenario[] = [
  { ...START, ...LOCAL, id: 'never-ran', title: 'Never ran', history: [] },
  {
    ...START,
    ...LOCAL,
    id: 'start',
    title: 'Start, with a history',
    start: batchCount => play(recorded5, { runId: 'r7d2', batchCount }),
  },
  {
    ...START,
    id: 'start-cluster',
    title: 'Start on Kubernetes, with waiting',
    capacity: { ...BASE.capacity, used: { cpu: 9, memory: 20 * 2 ** 30 } },
  },
  {
    ...START,
    id: 'start-no-room',
    title: 'Start: it cannot fit',
    capacity: { ...BASE.capacity, used: { cpu: 13, memory: 2 ** 30 } },
  },
  {
    ...START,
    ...LOCAL,
    id: 'start-active',
    title: 'Start: a run is active',
    play: () => play(recorded5, { from: 6_000, until: 6_000 }),
  },
  {
    ...START,
    ...LOCAL,
    id: 'start-slow',
    title: 'Start: the server takes its time',
    startMs: 3_000,
    start: batchCount => play(recorded5, { runId: 'r7d2', batchCount }),
  },
  {
    ...START,
    ...LOCAL,
    id: 'start-fails',
    title: 'Start: the server says no',
    startProblem: 'The slot is still being tidied up; try again in a moment.',
  },
];

const runs: readonly Scenario[] = [
  {
    ...BASE,
    id: 'running-5',
    title: 'Running, 5 batches',
    play: () => play(running5, { from: 41_000, viewers: 7 }),
  },
  {
    ...BASE,
    id: 'running-12',
    title: 'Running, 12 batches',
    capacity: ROOMIER,
    play: () => play(running12, { from: 52_000, viewers: 23 }),
  },
  {
    ...BASE,
    ...LOCAL,
    id: 'live',
    title: 'Live, a recorded run from its beginning',
    play: () => play(recorded12, { from: 1_500 }),
  },
  {
    ...BASE,
    id: 'queued',
    title: 'Queued',
    play: () => play(notLaunched(), { from: 7_000 }),
  },
  {
    ...BASE,
    id: 'driver-waits',
    title: 'Starting: the driver finds no node',
    play: () => play(driverWaits(), { from: 9_000 }),
  },
  {
    ...BASE,
    id: 'starting',
    title: 'Starting: waiting for the driver',
    play: () => play(running5, { from: 5_600, until: 5_600 }),
  },
  {
    ...BASE,
    id: 'attached',
    title: 'Attached to somebody else’s run',
    attachedInsteadOf: 8,
    play: () => play(running5, { from: 41_000, viewers: 7 }),
  },
  {
    ...BASE,
    id: 'reconnecting',
    title: 'Reconnecting',
    play: () => play(running5, { from: 37_000, lostFor: 12_000, viewers: 7 }),
  },
  {
    ...BASE,
    id: 'polling',
    title: 'Via polling',
    play: () => play(running5, { from: 41_000, connection: 'polling' }),
  },
  {
    ...BASE,
    id: 'catching-up',
    title: 'Catching up',
    play: () => play(running5, { from: 41_000, connection: 'catchingUp' }),
  },
  { ...BASE, id: 'loading', title: 'Loading' },
  {
    ...BASE,
    id: 'look-only',
    title: 'May look, but neither start nor cancel',
    denied: ['pipelineDemo.run.start', 'pipelineDemo.run.cancel'],
    play: () => play(running5, { from: 41_000 }),
  },
  {
    ...BASE,
    id: 'no-permission',
    title: 'No permission',
    denied: ['pipelineDemo.run.view'],
  },
  {
    ...BASE,
    id: 'not-found',
    title: 'Not found, or pruned',
    refused: { name: 'NotFoundError', message: 'There is no run r4f2' },
  },
  {
    ...BASE,
    id: 'refused',
    title: 'The stream fails',
    refused: { name: 'Error', message: 'The database does not answer' },
  },
];

/** Every state of the page. */
export const SCENARIOS: readonly Scenario[] = [
  ...starts,
  ...runs,
  ...endingScenarios(BASE, { capacity: ROOMIER }, LOCAL),
  ...bigLogScenarios({ ...BASE, capacity: ROOMIER }),
];
