import type { Resource, Verb } from './Cluster';

/** The API group of each resource; "" is the core group. */
const GROUPS: Readonly<Record<Resource, string>> = {
  configmaps: '',
  events: '',
  jobs: 'batch',
  limitranges: '',
  namespaces: '',
  nodes: '',
  persistentvolumeclaims: '',
  pods: '',
  resourcequotas: '',
  serviceaccounts: '',
};

/** Where a resource, or one object of it, is at the API server. */
export function pathOf(
  namespace: string,
  resource: Resource,
  name?: string,
): string {
  const group = GROUPS[resource];
  const root = group === '' ? '/api/v1' : `/apis/${group}/v1`;
  const place = isNamespaced(resource)
    ? `${root}/namespaces/${encodeURIComponent(namespace)}`
    : root;
  const object = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${place}/${resource}${object}`;
}

/** The question whether we may. */
export function accessReview(
  namespace: string,
  verb: Verb,
  resource: Resource | 'pods/log',
): object {
  const [name, subresource] = resource.split('/') as [Resource, string?];
  return {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: {
      resourceAttributes: {
        verb,
        resource: name,
        subresource,
        group: GROUPS[name],
        ...(isNamespaced(name) && { namespace }),
      },
    },
  };
}

function isNamespaced(resource: Resource): boolean {
  return resource !== 'nodes' && resource !== 'namespaces';
}
