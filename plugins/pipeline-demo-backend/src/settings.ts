import type { Config } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';
import { resolve } from 'node:path';
import { KUBERNETES_KEYS, readKubernetes } from './kubernetesSettings';
import type { KubernetesSettings } from './kubernetesSettings';
import { DEFAULT_DEADLINE_MS, DEFAULT_SLOTS } from './local/LocalEngine';
import {
  duration,
  oneOf,
  text,
  wholeNumber,
  yesOrNo,
  type ReadValue,
} from './readSetting';

/** The local engine, as an operator has it. */
export interface LocalSettings {
  readonly type: 'local';
  /** Absolute; where runs have their folders. */
  readonly workDir: string;
  /** Tasks at once. */
  readonly slots: number;
  readonly deadlineMs: number;
  /** Whether running tasks may be killed on purpose. */
  readonly breakIt: boolean;
}

/** What an operator decides, with every default filled in. */
export interface Settings {
  readonly engine: LocalSettings | KubernetesSettings;
  readonly retention: {
    /** Ended runs that are kept. */
    readonly keepRuns: number;
    readonly maxAgeMs: number;
  };
  readonly leaseMs: number;
  readonly stream: {
    readonly viewers: number;
    readonly viewersPerUser: number;
    readonly permissionCheckMs: number;
    /** Origins of pages that may open a stream; `*` as in `backend.cors.origin`. */
    readonly allowedOrigins: readonly string[];
  };
}

const ROOT = 'pipelineDemo';

/** The environment variable that stretches the time that tasks take: for demonstrations and tests. */
const PACE = 'PIPELINE_DEMO_PACE';

const SECOND = { ms: 1_000, words: '1 second' };
const FIVE_SECONDS = { ms: 5_000, words: '5 seconds' };
const MINUTE = { ms: 60_000, words: '1 minute' };
const FIVE_MINUTES = { ms: 5 * MINUTE.ms, words: '5 minutes' };
const HOUR = { ms: 60 * MINUTE.ms, words: '1 hour' };
const DAY = { ms: 24 * HOUR.ms, words: '1 day' };
const TEN_YEARS = { ms: 3650 * DAY.ms, words: '10 years' };

/** Every key there is under `pipelineDemo`, and how it is read. */
const KEYS = {
  engine: oneOf(['local', 'kubernetes'] as const),
  'local.workDir': text('/var/lib/pipeline-demo'),
  'local.slots': wholeNumber(1, 64),
  'local.deadline': duration(MINUTE, DAY),
  'local.breakIt': yesOrNo(),
  'retention.runs': wholeNumber(1, 100_000),
  'retention.age': duration(MINUTE, TEN_YEARS),
  ...KUBERNETES_KEYS,
  lease: duration(FIVE_SECONDS, FIVE_MINUTES),
  'stream.viewers': wholeNumber(1, 100_000),
  'stream.viewersPerUser': wholeNumber(1, 100_000),
  'stream.permissionCheckInterval': duration(SECOND, HOUR),
} as const;

type Key = keyof typeof KEYS;

/** The keys below `pipelineDemo`. */
export const SETTING_KEYS: readonly string[] = Object.keys(KEYS);

type ValueOf<K extends Key> = (typeof KEYS)[K] extends ReadValue<infer T>
  ? T
  : never;

/**
 * The configuration under `pipelineDemo`, validated, and what is needed of
 * other sections.
 *
 * @param cwd - what relative paths are relative to
 * @throws Error with a sentence for each key that is wrong, all at once
 */
export function readSettings(config: Config, cwd: string): Settings {
  const root = config.getOptional<JsonValue>(ROOT) ?? {};
  const problems = unknownKeys(root, ROOT);
  const read = <K extends Key, O>(key: K, otherwise: O): ValueOf<K> | O => {
    const value = valueAt(root, key);
    if (value === undefined) {
      return otherwise;
    }
    const reading = (KEYS[key] as ReadValue<ValueOf<K>>)(value);
    if (reading.type === 'value') {
      return reading.value;
    }
    problems.push(
      `${ROOT}.${key} must be ${reading.mustBe}, not ${JSON.stringify(value)}.`,
    );
    return otherwise;
  };

  const engine = read('engine', 'local');
  // Both are read: what is wrong is wrong before it is used.
  const engines = {
    local: readLocal(read, cwd),
    kubernetes: readKubernetes(read, Number(process.env[PACE] ?? 1)),
  };
  const settings: Settings = {
    engine: engines[engine],
    retention: {
      keepRuns: read('retention.runs', 100),
      maxAgeMs: read('retention.age', 30 * DAY.ms),
    },
    leaseMs: read('lease', 15 * SECOND.ms),
    stream: {
      viewers: read('stream.viewers', 1_000),
      viewersPerUser: read('stream.viewersPerUser', 50),
      permissionCheckMs: read('stream.permissionCheckInterval', MINUTE.ms),
      allowedOrigins: readOrigins(config),
    },
  };
  if (problems.length > 0) {
    throw new Error(
      `The configuration of the pipeline demo cannot be used:\n${problems
        .map(problem => `- ${problem}`)
        .join('\n')}`,
    );
  }
  return deepFreeze(settings);
}

type ReadKey = <K extends Key, O>(key: K, otherwise: O) => ValueOf<K> | O;

function readLocal(read: ReadKey, cwd: string): LocalSettings {
  return {
    type: 'local',
    workDir: resolve(cwd, read('local.workDir', '.pipeline-demo/runs')),
    slots: read('local.slots', DEFAULT_SLOTS),
    deadlineMs: read('local.deadline', DEFAULT_DEADLINE_MS),
    breakIt: read('local.breakIt', process.env.NODE_ENV !== 'production'),
  };
}

function valueAt(root: JsonValue, key: Key): JsonValue | undefined {
  return key
    .split('.')
    .reduce<JsonValue | undefined>(
      (value, part) => (isSection(value) ? value[part] : undefined),
      root,
    );
}

/** A slip of the pen is not taken for a default. */
function unknownKeys(value: JsonValue, path: string): string[] {
  if (!isSection(value)) {
    return [`${path} must be a section with keys of its own.`];
  }
  return Object.entries(value).flatMap(([name, inner]) => {
    const innerPath = `${path}.${name}`;
    const key = innerPath.slice(ROOT.length + 1);
    if (Object.hasOwn(KEYS, key)) {
      return [];
    }
    return Object.keys(KEYS).some(known => known.startsWith(`${key}.`))
      ? unknownKeys(inner ?? null, innerPath)
      : [`${innerPath} is not known.`];
  });
}

/** Pages of the portal itself, and those that CORS lets read its answers. */
function readOrigins(config: Config): readonly string[] {
  const cors = config.getOptional<JsonValue>('backend.cors.origin') ?? [];
  const own = ['app.baseUrl', 'backend.baseUrl']
    .map(key => config.getOptionalString(key))
    .flatMap(url => (url && URL.canParse(url) ? [new URL(url).origin] : []));
  const others = (Array.isArray(cors) ? cors : [cors]).filter(
    (origin): origin is string => typeof origin === 'string',
  );
  return [...new Set([...own, ...others])];
}

function isSection(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function deepFreeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) {
    if (typeof inner === 'object' && inner !== null) {
      deepFreeze(inner);
    }
  }
  return Object.freeze(value);
}
