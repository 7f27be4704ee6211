import type { FakeObject } from './FakeObjects';

/** `key`, `key=value` or `key!=value`. */
const TERM = /^([^!=]+)(?:(!?=)(.*))?$/;

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
      const [, key, operator, value] = TERM.exec(term) ?? [];
      const isSame = labels[key] === value;
      return operator ? isSame === (operator === '=') : key in labels;
    });
}
