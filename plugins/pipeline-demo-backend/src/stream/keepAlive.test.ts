import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { FakeClock } from '../testing/FakeClock';
import { keepAlive } from './keepAlive';

const INTERVAL_MS = 30_000;

class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readonly readyState = 1;
  pings = 0;
  terminated = false;
  answers = true;

  ping() {
    this.pings += 1;
    if (this.answers) {
      this.emit('pong');
    }
  }

  terminate() {
    this.terminated = true;
  }
}

describe('keepAlive', () => {
  it('pings those who answer, for ever and without collecting listeners', async () => {
    const clock = FakeClock.create();
    const stop = new AbortController();
    const socket = new FakeSocket();
    const sockets = new Set([socket as unknown as WebSocket]);
    const running = keepAlive(sockets, clock, stop.signal);
    await clock.advance(20 * INTERVAL_MS);
    expect(socket.pings).toBe(20);
    expect(socket.terminated).toBe(false);
    expect(socket.listenerCount('pong')).toBe(0);
    expect(socket.listenerCount('close')).toBe(0);
    stop.abort();
    await running;
  });

  it('ends those who have not answered the ping before', async () => {
    const clock = FakeClock.create();
    const stop = new AbortController();
    const socket = new FakeSocket();
    socket.answers = false;
    const sockets = new Set([socket as unknown as WebSocket]);
    const running = keepAlive(sockets, clock, stop.signal);
    await clock.advance(INTERVAL_MS);
    expect(socket.terminated).toBe(false);
    await clock.advance(INTERVAL_MS);
    expect(socket.terminated).toBe(true);
    stop.abort();
    await running;
  });
});
