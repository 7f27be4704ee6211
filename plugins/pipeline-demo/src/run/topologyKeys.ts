import type { TaskId } from 'backstage-plugin-pipeline-demo-common';

/**
 * Where an arrow key leads from a task of the topology.
 *
 * @returns undefined when the key does not move, or there is nothing there
 */
export function moveInTopology(
  from: TaskId,
  key: string,
  batchCount: number,
): TaskId | undefined {
  const [process, number] = from.split(':');
  const batch = Number(number);
  switch (key) {
    case 'ArrowUp':
      return batch > 1 ? `${process}:${batch - 1}` : undefined;
    case 'ArrowDown':
      return batch < batchCount ? `${process}:${batch + 1}` : undefined;
    case 'ArrowRight':
      return rightOf(process, batch);
    case 'ArrowLeft':
      return leftOf(process, batch, batchCount);
    case 'Home':
      return process === 'GENERATE' ? undefined : `GENERATE:${batch || 1}`;
    case 'End':
      return process === 'REPORT' ? undefined : 'REPORT';
    default:
      return undefined;
  }
}

function rightOf(process: string, batch: number): TaskId | undefined {
  if (process === 'GENERATE') {
    return `ANALYZE:${batch}`;
  }
  return process === 'ANALYZE' ? 'REPORT' : undefined;
}

function leftOf(
  process: string,
  batch: number,
  batchCount: number,
): TaskId | undefined {
  if (process === 'REPORT') {
    // REPORT stands at the height of the middle lane.
    return `ANALYZE:${Math.ceil(batchCount / 2)}`;
  }
  return process === 'ANALYZE' ? `GENERATE:${batch}` : undefined;
}
