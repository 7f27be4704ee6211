/*
 * The kubelet has no other place to say what went wrong in a stream that has
 * begun: its words stand behind the log, and no end of a line parts them from
 * a last line that has none. These are what `GetContainerLogs` and `ReadLogs`
 * of Kubernetes 1.34 can say: pkg/kubelet/kuberuntime/kuberuntime_container.go
 * and k8s.io/cri-client/pkg/logs/logs.go.
 */
const WORDS = new RegExp(
  [
    String.raw`rpc error: code = \w+ desc = [^\n]*$`,
    String.raw`unable to retrieve container logs for [^\n]*$`,
    String.raw`failed to (?:try resolving symlinks in path|open log file|tail \d+ lines of|seek \d+ in|read log file|reset seek in|create fsnotify watcher|watch directory|get parse function)[^\n]*$`,
    'container status is nil$',
    'context cancelled$',
  ].join('|'),
);

const REMOVED = /^rpc error: code = NotFound /;

/** The last text of a stream, without what the kubelet has said behind it. */
export function splitKubeletWords(text: string): {
  readonly text: string;
  readonly words?: string;
} {
  const index = text.search(WORDS);
  return index < 0
    ? { text }
    : { text: text.slice(0, index), words: text.slice(index) };
}

/**
 * Whether the words mean that a followed container has ended and was removed.
 * The kubelet says so where it has just read the log to its end and then asks
 * the runtime whether the container still runs.
 */
export function areOfRemovedContainer(words: string): boolean {
  return REMOVED.test(words);
}
