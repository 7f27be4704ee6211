import { startTelemetry } from './startTelemetry';

describe('without an exporter', () => {
  it.each([
    {},
    { OTEL_METRICS_EXPORTER: 'none', OTEL_TRACES_EXPORTER: 'none' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' },
  ])('nothing is started: %j', async env => {
    const before = { ...env };
    expect(await startTelemetry(env)).toBeUndefined();
    expect(env).toEqual(before);
  });
});
