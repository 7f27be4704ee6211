import { InputError } from '@backstage/errors';
import { BATCH_COUNT } from 'backstage-plugin-pipeline-demo-common';
import { batchCountOfBody, batchCountOfQuery } from './batchCount';

const KNOWN_KEYS = ['batchCount', 'batch_count', 'ifActive', 'entityRef'];

/** kind:namespace/name */
const ENTITY_REF = /^[a-z][a-z0-9]{0,62}:[^:/\s]{1,63}\/[^:/\s]{1,63}$/i;

/** What `POST /demo/run` asks for. */
export interface AskedRun {
  readonly batchCount: number;
  readonly ifActive: 'attach' | 'reject';
  readonly entityRef?: string;
}

/**
 * Reads what a start asks for. The document's own validation sees the request
 * too; what is said here is said better.
 *
 * @param body - the parsed JSON; undefined or empty when there is none
 * @throws InputError with a sentence that says what would be right
 */
export function readStartRequest(body: unknown, query: unknown): AskedRun {
  const asked = requireObject(body);
  const unknown = Object.keys(asked).filter(key => !KNOWN_KEYS.includes(key));
  if (unknown.length > 0) {
    throw new InputError(
      `A start knows ${KNOWN_KEYS.join(', ')}, but not ${unknown.join(', ')}.`,
    );
  }
  const inBody = batchCountOfBody(asked);
  const inQuery = batchCountOfQuery(query as Record<string, unknown>);
  if (inBody !== undefined && inQuery !== undefined && inBody !== inQuery) {
    throw new InputError(
      `The body asks for ${inBody} batches and the query for ${inQuery}; send one of them.`,
    );
  }
  return {
    batchCount: inBody ?? inQuery ?? BATCH_COUNT.default,
    ifActive: readIfActive(asked.ifActive),
    entityRef: readEntityRef(asked.entityRef),
  };
}

function requireObject(body: unknown): Readonly<Record<string, unknown>> {
  if (body === undefined) {
    return {};
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new InputError(
      'The body must be a JSON object such as {"batchCount": 5}, or nothing at all.',
    );
  }
  return body as Readonly<Record<string, unknown>>;
}

function readIfActive(value: unknown): AskedRun['ifActive'] {
  if (value === undefined || value === 'attach' || value === 'reject') {
    return value ?? 'attach';
  }
  throw new InputError('ifActive must be "attach" or "reject".');
}

function readEntityRef(value: unknown): string | undefined {
  if (
    value === undefined ||
    (typeof value === 'string' && ENTITY_REF.test(value))
  ) {
    return value;
  }
  throw new InputError(
    'entityRef must name a catalog entity, such as "component:default/demo".',
  );
}
