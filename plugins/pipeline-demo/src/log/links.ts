import type { LogTask } from 'backstage-plugin-pipeline-demo-common';
import type { MatchRange } from './search';

/** Where a part of a line leads to. */
export type LinkTarget =
  | { readonly type: 'address'; readonly href: string }
  | { readonly type: 'task'; readonly task: LogTask };

/** A part of a line that leads somewhere. */
export interface TextLink {
  readonly range: MatchRange;
  readonly target: LinkTarget;
}

/**
 * Addresses, and tasks as we write them (`ANALYZE:3`) and as Nextflow does, by
 * their tag and by their work: `ANALYZE (3)`, `[ANALYZE_3]`. In one expression,
 * for one pass over each row, and so that no task is found inside an address.
 */
const LINKS =
  /\b(?<address>https?:\/\/[^\s<>"'`]+)|(?<![\w./-])(?:(?<process>GENERATE|ANALYZE)(?::(?<batch>\d+)| \((?<tag>\d+)\)|(?<=\[\w+)_(?<work>\d+)(?=\]))|REPORT)(?![.:]?[\w/-])/g;
/** What ends a sentence rather than an address. */
const TRAILING = /[.,:;!?)\]}]+$/;

/**
 * Where in a text there are http(s) addresses, and names of these tasks; nothing
 * else ever becomes a link.
 *
 * @returns in order; they do not overlap
 */
export function textLinks(
  text: string,
  tasks: ReadonlySet<LogTask>,
): readonly TextLink[] {
  return [...text.matchAll(LINKS)].flatMap(match => {
    const { address, process, batch, tag, work } = match.groups ?? {};
    const range = (shown: string): MatchRange => [
      match.index,
      match.index + shown.length,
    ];
    if (address) {
      const href = address.replace(TRAILING, '');
      return { range: range(href), target: { type: 'address', href } };
    }
    const task = process ? `${process}:${batch ?? tag ?? work}` : 'REPORT';
    return tasks.has(task)
      ? { range: range(match[0]), target: { type: 'task', task } }
      : [];
  });
}
