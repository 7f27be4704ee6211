/** What a container of the driver's pod leaves at its end. */
export type TerminationMessage =
  /** The report, as JSON. */
  | { readonly kind: 'report'; readonly json: string }
  /** Why there is none. */
  | { readonly kind: 'error'; readonly message: string; readonly code?: string }
  /** Nothing in our words: the last lines of its log, or something that is not ours. */
  | { readonly kind: 'text'; readonly lastLine: string };

/** Nextflow's own mark of an error. */
const ERROR_LINE = /^ERROR ~ /;

/** Longer than any message of ours; of a log's line nobody reads more. */
const MAX_LINE_LENGTH = 300;

/** What the container has left. Never throws: whatever it is, it is a text. */
export function readTerminationMessage(
  message: string | undefined,
): TerminationMessage {
  return (
    readOurs(message ?? '') ?? {
      kind: 'text',
      lastLine: lastLine(message ?? ''),
    }
  );
}

function readOurs(message: string): TerminationMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(message);
  } catch {
    // Then it is the end of a log.
    return undefined;
  }
  const left = value as {
    kind?: unknown;
    report?: unknown;
    message?: unknown;
    code?: unknown;
  } | null;
  if (left?.kind === 'report') {
    return { kind: 'report', json: JSON.stringify(left.report) };
  }
  if (left?.kind !== 'error' || typeof left.message !== 'string') {
    return undefined;
  }
  return {
    kind: 'error',
    message: left.message,
    code: typeof left.code === 'string' ? left.code : undefined,
  };
}

function lastLine(text: string): string {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  const line = lines.find(one => ERROR_LINE.test(one)) ?? lines.at(-1) ?? '';
  return line.replace(ERROR_LINE, '').slice(0, MAX_LINE_LENGTH);
}
