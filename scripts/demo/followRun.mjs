import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 500;

/**
 * Follows a run's stream to its end, over as many connections as it takes.
 *
 * @param screen is told of tasks and lines: see DemoScreen
 * @returns when the server has said that the run has ended and all was sent
 * @throws Error when the server refuses the stream
 */
export async function followRun(api, runId, screen) {
  const cursor = { run: runId, event: 0, line: 0 };
  while (!(await readStream(api.openStream(cursor), cursor, screen))) {
    await sleep(RETRY_MS);
  }
}

/** One connection; true when the run's end has come, false to connect again. */
function readStream(socket, cursor, screen) {
  return new Promise((resolve, reject) => {
    let hasEnded = false;
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      hasEnded ||= message.type === 'ended';
      if (message.type === 'bye' && message.retryAfterMs === undefined) {
        reject(new Error(`${message.name}: ${message.message}`));
      }
      take(message, cursor, screen);
    };
    // The reason comes with the close, if at all; we connect again.
    socket.onerror = () => undefined;
    socket.onclose = () => resolve(hasEnded);
  });
}

function take(message, cursor, screen) {
  switch (message.type) {
    case 'snapshot':
      cursor.event = message.run.event;
      message.run.tasks.forEach(({ id, phase }) => screen.task(id, phase));
      break;
    case 'event':
      cursor.event = message.event.event;
      if (message.event.type === 'TaskMoved') {
        screen.task(message.event.task, message.event.attempt.phase);
      }
      break;
    case 'lines':
      message.lines.forEach((line, index) => {
        // After a new connection some may come again.
        if (message.first + index > cursor.line) {
          cursor.line = message.first + index;
          screen.line(line);
        }
      });
      break;
    default:
    // The others tell of viewers and times, which nobody sees here.
  }
}
