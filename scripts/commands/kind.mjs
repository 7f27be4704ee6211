// npm run kind: a cluster in Docker for runs of this portal.
import { call, succeeds } from '../cluster/call.mjs';
import { createKind } from '../cluster/kind.mjs';

const NAME = 'pipeline-demo';

if (!succeeds('docker', 'info')) {
  console.error(
    'kind runs Kubernetes in Docker, and no Docker engine answers here: start one, or use any other cluster as README.md says.',
  );
  process.exit(1);
}
if (
  !succeeds('kind', 'version') ||
  !succeeds('kubectl', 'version', '--client')
) {
  console.error(
    'Docker is here, kind or kubectl is not: https://kind.sigs.k8s.io, https://kubernetes.io/docs/tasks/tools.',
  );
  process.exit(1);
}

try {
  createKind(NAME);
  console.log(
    call(['kubectl', '--context', `kind-${NAME}`, 'apply', '-k', 'deploy']),
  );
  console.log(`Put this into app-config.local.yaml, then npm start:

pipelineDemo:
  engine: kubernetes
  kubernetes:
    context: kind-${NAME}

When you are done: kind delete cluster --name ${NAME}`);
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
