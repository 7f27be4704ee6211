import type { FakeObject } from './FakeObjects';

/** Whether an object is meant by the `labelSelector` of a query. */
export function isSelected(
  object: FakeObject,
  query: URLSearchParams,
): boolean {
  const labels = object.metadata.labels ?? {};
  return (query.get('labelSelector') ?? '')
    .split(',')
    .filter(term => term !== '')
    .every(term => {
      const [key, value] = term.split('=');
      return value === undefined ? key in labels : labels[key] === value;
    });
}
