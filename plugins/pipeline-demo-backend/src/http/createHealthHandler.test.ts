import express from 'express';
import request from 'supertest';
import { FakeClock } from '../testing/FakeClock';
import { createHealthHandler, type HealthDeps } from './createHealthHandler';

const LEASE_MS = 15_000;

function world() {
  const clock = FakeClock.create();
  const state = {
    ping: async (): Promise<void> => undefined,
    health: async () => ({ ok: true, message: '/var/lib/secret' }),
    leaseLoopAt: clock.now(),
  };
  const deps: HealthDeps = {
    clock,
    leaseMs: LEASE_MS,
    runs: { ping: () => state.ping() },
    engine: { health: () => state.health() },
    keepers: { health: () => ({ leaseLoopAt: state.leaseLoopAt }) },
  };
  const app = express().get('/health', createHealthHandler(deps));
  const ask = () => request(app).get('/health');
  return { clock, state, ask };
}

const ok = { status: 'ok' };

describe('createHealthHandler', () => {
  it('is ok when all works, and never cached on the way', async () => {
    const { status, body, headers } = await world().ask();
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toEqual({
      status: 'ok',
      checks: { database: ok, leaseLoop: ok, engine: ok },
    });
  });

  it.each([
    ['fails', async () => ({ ok: false, message: '/var/lib/secret' })],
    ['throws', () => Promise.reject(new Error('/var/lib/secret'))],
  ])('is degraded when the engine %s', async (_how, health) => {
    const { state, ask } = world();
    state.health = health;
    const { status, body, text } = await ask();
    expect(status).toBe(200);
    expect(body.status).toBe('degraded');
    expect(body.checks.engine).toEqual({
      status: 'down',
      message: 'The engine does not answer.',
    });
    expect(text).not.toContain('secret');
  });

  it('is down when the database fails', async () => {
    const { state, ask } = world();
    state.ping = () => Promise.reject(new Error('host db.secret'));
    const { status, body, text } = await ask();
    expect(status).toBe(503);
    expect(body.status).toBe('down');
    expect(body.checks.database.status).toBe('down');
    expect(text).not.toContain('secret');
  });

  it('is down when the database does not answer in time', async () => {
    const { clock, state, ask } = world();
    state.ping = () => new Promise(() => {});
    const answer = await clock.finish(ask().then(response => response));
    expect(answer.status).toBe(503);
  });

  it('is down when the lease loop stands still, and ok when it goes on', async () => {
    const { clock, state, ask } = world();
    await clock.advance(LEASE_MS + 1);
    const { status, body } = await ask();
    expect(status).toBe(503);
    expect(body.checks.leaseLoop).toEqual({
      status: 'down',
      message: 'Leases are not being renewed.',
    });
    await clock.advance(1_000);
    state.leaseLoopAt = clock.now();
    expect((await ask()).status).toBe(200);
  });

  it('does not ask the database for each caller', async () => {
    const { clock, state, ask } = world();
    let pings = 0;
    state.ping = async () => {
      pings += 1;
    };
    await Promise.all([ask(), ask(), ask()]);
    expect(pings).toBe(1);
    await clock.advance(1_000);
    await ask();
    expect(pings).toBe(2);
  });
});
