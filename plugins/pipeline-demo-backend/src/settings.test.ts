import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readSettings } from './settings';

const read = (pipelineDemo?: JsonObject | string, others: JsonObject = {}) =>
  readSettings(
    new ConfigReader({
      ...others,
      ...(pipelineDemo === undefined ? {} : { pipelineDemo }),
    }),
    '/srv/portal',
  );

/** The sentences of a configuration that cannot be used. */
function problemsOf(pipelineDemo: JsonObject | string): readonly string[] {
  try {
    read(pipelineDemo);
  } catch (error) {
    const [title, ...problems] = (error as Error).message.split('\n');
    expect(title).toBe(
      'The configuration of the pipeline demo cannot be used:',
    );
    return problems;
  }
  throw new Error('This configuration can be used');
}

describe('readSettings', () => {
  it('has a default for everything', () => {
    expect(read()).toEqual({
      engine: {
        type: 'local',
        workDir: '/srv/portal/.pipeline-demo/runs',
        slots: 4,
        deadlineMs: 900_000,
        breakIt: true,
      },
      retention: { keepRuns: 100, maxAgeMs: 2_592_000_000 },
      leaseMs: 15_000,
      stream: {
        viewers: 1000,
        viewersPerUser: 50,
        permissionCheckMs: 60_000,
        allowedOrigins: [],
      },
    });
    expect(read({})).toEqual(read());
  });

  it('reads every key', () => {
    expect(
      read({
        engine: 'local',
        local: {
          workDir: '../data',
          slots: 2,
          deadline: 'PT10M',
          breakIt: false,
        },
        retention: { runs: 7, age: { days: 2 } },
        lease: '20s',
        stream: {
          viewers: 10,
          viewersPerUser: 3,
          permissionCheckInterval: '2 seconds',
        },
      }),
    ).toMatchObject({
      engine: {
        workDir: '/srv/data',
        slots: 2,
        deadlineMs: 600_000,
        breakIt: false,
      },
      retention: { keepRuns: 7, maxAgeMs: 172_800_000 },
      leaseMs: 20_000,
      stream: { viewers: 10, viewersPerUser: 3, permissionCheckMs: 2_000 },
    });
  });

  it.each([
    ['production', undefined, false],
    ['production', true, true],
    ['development', undefined, true],
  ])('in %s, with breakIt %s: %s', (environment, breakIt, is) => {
    const before = process.env.NODE_ENV;
    Object.assign(process.env, { NODE_ENV: environment });
    try {
      const local = breakIt === undefined ? {} : { breakIt };
      expect(read({ local }).engine.breakIt).toBe(is);
    } finally {
      Object.assign(process.env, { NODE_ENV: before });
    }
  });

  it('lets pages of the portal, and those of CORS, open streams', () => {
    const { stream } = read(undefined, {
      app: { baseUrl: 'https://portal.example/base/' },
      backend: {
        baseUrl: 'https://api.example:7007',
        cors: { origin: ['https://*.example', 'https://portal.example'] },
      },
    });
    expect(stream.allowedOrigins).toEqual([
      'https://portal.example',
      'https://api.example:7007',
      'https://*.example',
    ]);
  });

  it('says everything that is wrong at once, a sentence for each key', () => {
    expect(
      problemsOf({
        engine: 'docker',
        local: { slots: 0, deadline: '5' },
        retention: { runs: 'many', age: { lightYears: 1 }, size: 3 },
        lease: '1s',
        stream: 5,
        retension: {},
      }),
    ).toEqual([
      '- pipelineDemo.retention.size is not known.',
      '- pipelineDemo.stream must be a section with keys of its own.',
      '- pipelineDemo.retension is not known.',
      '- pipelineDemo.engine must be "local" or "kubernetes", not "docker".',
      '- pipelineDemo.local.slots must be a whole number from 1 to 64, not 0.',
      '- pipelineDemo.local.deadline must be a duration from 1 minute to 1 day, such as "1 minute" or { minutes: 5 }, not "5".',
      '- pipelineDemo.retention.runs must be a whole number from 1 to 100000, not "many".',
      '- pipelineDemo.retention.age must be a duration from 1 minute to 10 years, such as "1 minute" or { minutes: 5 }, not {"lightYears":1}.',
      '- pipelineDemo.lease must be a duration from 5 seconds to 5 minutes, such as "5 seconds" or { minutes: 5 }, not "1s".',
    ]);
  });

  it('says that there is no Kubernetes engine yet', () => {
    expect(problemsOf({ engine: 'kubernetes' })).toEqual([
      '- pipelineDemo.engine: this version has no Kubernetes engine yet; use "local".',
    ]);
  });

  it('says that the section is none', () => {
    expect(problemsOf('local')).toEqual([
      '- pipelineDemo must be a section with keys of its own.',
    ]);
  });

  it('cannot be changed', () => {
    const { stream } = read();
    expect(() => Object.assign(stream, { viewers: 1 })).toThrow(TypeError);
  });
});
