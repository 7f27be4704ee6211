import { call } from './call.mjs';

const STARTS = '3m';

/**
 * A cluster in Docker, made unless there is one of that name.
 *
 * @param kubeconfig a file for its credentials; without it, kubectl's own
 */
export function createKind(name, kubeconfig) {
  const file = kubeconfig ? ['--kubeconfig', kubeconfig] : [];
  if (call(['kind', 'get', 'clusters']).split('\n').includes(name)) {
    call(['kind', 'export', 'kubeconfig', '--name', name, ...file]);
  } else {
    call([
      'kind',
      'create',
      'cluster',
      '--name',
      name,
      '--wait',
      STARTS,
      ...file,
    ]);
  }
}

export function deleteKind(name) {
  call(['kind', 'delete', 'cluster', '--name', name]);
}
