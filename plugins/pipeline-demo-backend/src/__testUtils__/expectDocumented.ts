import { spec } from '../schema/openapi';

/** The part of a schema of OpenAPI 3.0 that the document uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
}

interface Operation {
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly $ref?: string;
        readonly content?: Readonly<
          Record<string, { readonly schema: Schema }>
        >;
      }
    >
  >;
}

/**
 * Expects an answer as the document has it: a documented status, and a body
 * with all that is promised and nothing that is not.
 */
export function expectDocumented(
  method: string,
  path: keyof typeof spec.paths,
  status: number,
  body: unknown,
): void {
  const operations = spec.paths[path] as unknown as Record<string, Operation>;
  const { responses } = operations[method.toLowerCase()];
  const response = responses[status];
  expect([path, Object.keys(responses)]).toEqual([
    path,
    expect.arrayContaining([String(status)]),
  ]);
  const { content } = response.$ref
    ? (resolve(response.$ref) as typeof response)
    : response;
  const schema = content?.['application/json'].schema ?? {};
  expect(differences(body, schema, `${method} ${path}`)).toEqual([]);
}

function differences(
  value: unknown,
  schema: Schema,
  at: string,
): readonly string[] {
  if (schema.$ref) {
    return differences(value, resolve(schema.$ref) as Schema, at);
  }
  if (value === null && schema.nullable) {
    return [];
  }
  if (schema.allOf) {
    return schema.allOf.flatMap(part => differences(value, part, at));
  }
  if (schema.enum && !schema.enum.includes(value)) {
    return [`${at} is ${value}`];
  }
  switch (schema.type) {
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((item, index) =>
            differences(item, schema.items ?? {}, `${at}[${index}]`),
          )
        : [`${at} is no array`];
    case 'object':
      return objectDifferences(value, schema, at);
    case 'integer':
      return Number.isInteger(value) ? [] : [`${at} is no integer`];
    case undefined:
      return [];
    default:
      return typeof value === schema.type ? [] : [`${at} is ${typeof value}`];
  }
}

function objectDifferences(
  value: unknown,
  { properties, required = [] }: Schema,
  at: string,
): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return [`${at} is no object`];
  }
  const missing = required.filter(key => !(key in value));
  return [
    ...missing.map(key => `${at}.${key} is missing`),
    ...Object.entries(properties ? value : {}).flatMap(([key, inner]) =>
      properties?.[key]
        ? differences(inner, properties[key], `${at}.${key}`)
        : [`${at}.${key} is not documented`],
    ),
  ];
}

function resolve(ref: string): unknown {
  return ref
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>(
      (value, key) => (value as Record<string, unknown>)[key],
      spec,
    );
}
