/** The plugin's HTTP API, as a signed-in guest sees it. */
export class DemoApi {
  #base;
  #token;

  constructor(base, token) {
    this.#base = base;
    this.#token = token;
  }

  /** Signs in as the guest of the portal at that URL. */
  static async signIn(backend) {
    const response = await fetch(`${backend}/api/auth/guest/refresh`, {
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
    if (!response.ok) {
      throw new Error(`Cannot sign in as guest: ${await reason(response)}`);
    }
    const { backstageIdentity } = await response.json();
    return new DemoApi(`${backend}/api/pipeline-demo`, backstageIdentity.token);
  }

  start(batchCount) {
    return this.#call('POST', '/demo/run', { batchCount });
  }

  run(runId) {
    return this.#call('GET', `/demo/runs/${runId}`);
  }

  report(runId) {
    return this.#call('GET', `/demo/runs/${runId}/report`);
  }

  cancel(runId) {
    return this.#call('DELETE', `/demo/runs/${runId}`);
  }

  /** A page of what happened after a cursor; without one, of the end, and the run as it is then. */
  events(runId, cursor) {
    const query = cursor ? `?event=${cursor.event}&line=${cursor.line}` : '';
    return this.#call('GET', `/demo/runs/${runId}/events${query}`);
  }

  /** The live stream of a run, from a cursor on; the token is a subprotocol. */
  openStream({ run, event, line }) {
    const base = this.#base.replace(/^http/, 'ws');
    return new WebSocket(
      `${base}/pipeline/stream?run=${run}&event=${event}&line=${line}`,
      ['pipeline-demo.v1', this.#token],
    );
  }

  async #call(method, path, body) {
    const response = await fetch(this.#base + path, {
      method,
      headers: {
        Authorization: `Bearer ${this.#token}`,
        ...(body && { 'Content-Type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${await reason(response)}`);
    }
    return response.json();
  }
}

/** Backstage's errors carry their sentence in `error.message`. */
async function reason(response) {
  const text = await response.text();
  try {
    return `${response.status} ${JSON.parse(text).error.message}`;
  } catch {
    // What stands between us and the backend answers in its own way.
    return `${response.status} ${text}`;
  }
}
