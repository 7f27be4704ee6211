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
      expect(read({ local }).engine).toMatchObject({ breakIt: is });
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

  it('has a default for everything in a cluster', () => {
    expect(read({ engine: 'kubernetes' }).engine).toEqual({
      type: 'kubernetes',
      kubeconfig: undefined,
      context: undefined,
      namespace: 'pipeline-demo',
      options: {
        driver: {
          image: 'nextflow/nextflow:25.04.4',
          cpu: 2,
          memory: 4 * 2 ** 30,
          serviceAccount: 'pipeline-demo-driver',
        },
        worker: {
          image: 'ubuntu:24.04',
          cpu: 1,
          memory: 4e9,
          serviceAccount: 'pipeline-demo-worker',
        },
        claim: 'pipeline-demo-work',
        workerPlacement: 'driver-node',
        imagePullPolicy: 'IfNotPresent',
        imagePullSecrets: [],
        deadlineMs: 900_000,
        startTimeoutMs: 300_000,
        keepFinishedMs: 172_800_000,
        pace: 1,
      },
    });
  });

  it('reads every key of a cluster', () => {
    const { engine } = read({
      engine: 'kubernetes',
      kubernetes: {
        kubeconfig: '/etc/kubeconfig',
        context: 'homelab',
        namespace: 'demo',
        driver: {
          image: 'localhost/driver:1',
          cpu: '500m',
          memory: '1Gi',
          serviceAccount: 'driver',
        },
        worker: {
          image: 'localhost/worker:1',
          cpu: 2,
          memory: 1_000_000_000,
          serviceAccount: 'worker',
        },
        claim: 'work',
        workersOnDriverNode: false,
        imagePullPolicy: 'Never',
        imagePullSecrets: ['registry', 'other'],
        deadline: { hours: 1 },
        startTimeout: '30s',
        keepFinished: '1 hour',
      },
    });
    expect(engine).toMatchObject({
      kubeconfig: '/etc/kubeconfig',
      context: 'homelab',
      namespace: 'demo',
      options: {
        driver: { cpu: 0.5, memory: 2 ** 30, serviceAccount: 'driver' },
        worker: { cpu: 2, memory: 1e9, image: 'localhost/worker:1' },
        claim: 'work',
        workerPlacement: 'any-node',
        imagePullPolicy: 'Never',
        imagePullSecrets: ['registry', 'other'],
        deadlineMs: 3_600_000,
        startTimeoutMs: 30_000,
        keepFinishedMs: 3_600_000,
      },
    });
  });

  it('says what is wrong with the cluster, whichever engine is chosen', () => {
    expect(
      problemsOf({
        kubernetes: {
          namespace: 'Demo',
          driver: { cpu: 'many', memory: '1Mi', image: '' },
          worker: { cpu: 0.5 },
          imagePullPolicy: 'Sometimes',
          imagePullSecrets: ['Registry'],
          startTimeout: '1s',
          quota: 5,
        },
      }),
    ).toEqual([
      '- pipelineDemo.kubernetes.quota is not known.',
      '- pipelineDemo.kubernetes.namespace must be a name of lower-case letters, digits and dashes such as "pipeline-demo", not "Demo".',
      '- pipelineDemo.kubernetes.driver.image must be a text such as "nextflow/nextflow:25.04.4", not "".',
      '- pipelineDemo.kubernetes.driver.cpu must be a quantity from 100m to 64, such as "500m", not "many".',
      '- pipelineDemo.kubernetes.driver.memory must be a quantity from 256Mi to 1Ti, such as "4Gi", not "1Mi".',
      '- pipelineDemo.kubernetes.worker.cpu must be a whole number from 1 to 64, not 0.5.',
      '- pipelineDemo.kubernetes.imagePullPolicy must be "Always" or "IfNotPresent" or "Never", not "Sometimes".',
      '- pipelineDemo.kubernetes.imagePullSecrets must be a list, each of it a name of lower-case letters, digits and dashes such as "registry", not ["Registry"].',
      '- pipelineDemo.kubernetes.startTimeout must be a duration from 10 seconds to 1 day, such as "10 seconds" or { minutes: 5 }, not "1s".',
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
