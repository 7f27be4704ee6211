/** Where frames go: one WebSocket, or one response with server-sent events. */
export interface Sink {
  send(frame: string): void;
  /** Bytes accepted by `send` that have not left yet. */
  buffered(): number;
  close(code: number, reason: string): void;
}

/** What a viewer asks for. */
export interface ViewerRequest {
  /** The run to watch; missing: whatever is active, and the next one after it. */
  readonly run?: string;
  /** The viewer has the run's events up to this one. The snapshot stands in for them. */
  readonly event?: number;
  /** The viewer has the run's lines up to this one: begin after it. */
  readonly line?: number;
  /** Without `line`: only so many of the newest lines; missing: all. */
  readonly tail?: number;
}

/** One open stream. */
export class Viewer {
  /** Begins again after this cursor. */
  resume(_cursor: { readonly event: number; readonly line: number }): void {}

  /** The sink is gone. */
  close(): void {}
}
