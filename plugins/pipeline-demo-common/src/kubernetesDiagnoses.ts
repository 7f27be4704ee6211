import type { DiagnosisText } from './diagnoses';

/** By the words that Kubernetes has for why a pod does not move, or ours where it has none. */
export const KUBERNETES_DIAGNOSES: Readonly<Record<string, DiagnosisText>> = {
  QuotaExceeded: {
    sentence:
      '{task} has no room in the quota of the namespace: it is used up{holders}.',
    advice:
      'It starts when others end. If it never does: raise the quota, or ask for less per task.',
  },
  NamespaceInUse: {
    sentence:
      'The namespace has no room for {task}: another portal has a run there.',
    advice:
      'Run again when that run has ended, or give each portal a namespace of its own (kubernetes.namespace in the settings).',
  },
  QuotaNeedsAmounts: {
    sentence:
      'The quota of the namespace refuses {task}, which does not say how much it needs.',
    advice:
      'Add a LimitRange with defaults to the namespace (deploy/quota.yaml has one), or take the amount that the message names out of the quota.',
  },
  LimitRange: {
    sentence: '{task} asks for more, or less, than the namespace allows a pod.',
    advice:
      'Change the LimitRange of the namespace, or what the settings ask for.',
  },
  PodSecurity: {
    sentence: 'The Pod Security level of the namespace refuses {task}.',
    advice:
      'Label the namespace pod-security.kubernetes.io/enforce=baseline: Nextflow\'s workers do not meet "restricted".',
  },
  AdmissionRefused: {
    sentence: 'A policy of the cluster refuses {task}.',
    advice:
      'The message names the policy: ask its owner for an exception, or change what it names.',
  },
  ServiceAccountMissing: {
    sentence: '{task} needs a service account that is not there.',
    advice:
      'Create it (kubectl apply -k deploy/), or correct serviceAccount in the settings.',
  },
  PermissionMissing: {
    sentence: 'A permission is missing in the cluster for {task}.',
    advice:
      'The message names the verb and the resource: give them to the service account (kubectl apply -k deploy/).',
  },
  ApiServerUnreachable: {
    sentence: 'The pod of {task} cannot reach the API server.',
    advice:
      "Check network policies, a mesh's proxy and the cluster's DNS: the driver talks to kubernetes.default.svc.",
  },
  FailedCreate: {
    sentence: 'The pod of {task} could not be created.',
    advice: 'The message says who refused it: a quota, a policy or a right.',
  },
  Unschedulable: {
    sentence: 'No node has room for {task}.',
    advice:
      'It starts when other pods end. If it never does: add a node, or ask for less per task.',
  },
  ClaimNotBound: {
    sentence: 'The volume that {task} works in is not there yet.',
    advice:
      'Look at the claim (kubectl get pvc): it must exist and be bound. It needs a storage class that provides volumes, or a volume that fits.',
  },
  FailedMount: {
    sentence: 'A volume of {task} cannot be mounted.',
    advice:
      "Create what the message names. A ReadWriteOnce volume is on one node alone: let the workers run on the driver's node, or use ReadWriteMany.",
  },
  FailedAttachVolume: {
    sentence: 'A volume cannot be attached to the node{node} of {task}.',
    advice:
      "It may still be attached to another node: let the workers run on the driver's node, or use ReadWriteMany.",
  },
  FailedCreatePodSandBox: {
    sentence: 'The node{node} cannot set up the pod of {task}.',
    advice:
      "The cluster goes on trying. If it stays, look at the node's network and container runtime.",
  },
  WorkspaceNotWritable: {
    sentence: 'The volume that {task} works in cannot be written.',
    advice:
      'Let user and group 1000 write to it: some volumes ignore fsGroup and need their folder opened by hand.',
  },
  PreparationFailed: {
    sentence: 'The workflow could not be put in place for {task}.',
    advice: 'Read the log of the driver: its first lines are about this.',
  },
  ImagePullBackOff: {
    sentence: 'The image of {task} cannot be pulled.',
    advice:
      'Check the name of the image and the right to pull it; the cluster goes on trying.',
  },
  ErrImagePull: {
    sentence: 'The image of {task} could not be pulled; it is tried again.',
    advice:
      'If it stays: check the name of the image and the right to pull it.',
  },
  InvalidImageName: {
    sentence: 'The image of {task} has a name that no image can have.',
    advice: 'Correct the image in the settings.',
  },
  ErrImageNeverPull: {
    sentence: 'The node{node} of {task} does not have the image.',
    advice:
      'Load the image into every node, or set imagePullPolicy to IfNotPresent.',
  },
  CreateContainerConfigError: {
    sentence:
      'The container of {task} needs a ConfigMap, a Secret or a volume that is not there.',
    advice: 'Create what the message names; the cluster goes on trying.',
  },
  CreateContainerError: {
    sentence: 'The node{node} cannot create the container of {task}.',
    advice: 'The message is that of the container runtime; it goes on trying.',
  },
  StartError: {
    sentence: 'The container of {task} could not be started.',
    advice:
      'The image lacks what the message names: bash, awk and ps are needed, and no entrypoint.',
  },
  ContainerCannotRun: {
    sentence: 'The container of {task} could not be started.',
    advice:
      'The image lacks what the message names: bash, awk and ps are needed, and no entrypoint.',
  },
  NodeNotReady: {
    sentence: 'The node{node} of {task} does not answer.',
    advice:
      'It may come back, and nothing is lost. If it does not, the task is ended after some minutes.',
  },
  NodeLost: {
    sentence: 'The node{node} of {task} does not answer.',
    advice:
      'If it does not come back, the driver submits the task again or the run fails.',
  },
  Preempted: {
    sentence: '{task} was ended to make room for a pod of higher priority.',
    advice: 'Run again, or ask for a PriorityClass for the demo.',
  },
  Evicted: {
    sentence: '{task} was evicted from its node{node}.',
    advice:
      'The node was short of memory or disk, or was drained. Run again; ask for as much memory as the task uses.',
  },
  Deleted: {
    sentence: 'Somebody deleted the pod of {task} before it had ended.',
    advice:
      'The driver submits the task again. Cancel a run on its page, and leave its objects to the portal.',
  },
  ContainerStatusUnknown: {
    sentence: 'Nobody knows how {task} ended: its node{node} lost track of it.',
    advice: 'Run again. If it happens again, look at the node.',
  },
  DeadlineExceeded: {
    sentence: '{task} took longer than it may and was ended.',
    advice: 'Allow more time in the settings, then run again.',
  },
  OOMKilled: {
    sentence: '{task} used more memory than it may, and was killed.',
    advice: 'Give the task more memory, then run again.',
  },
};
