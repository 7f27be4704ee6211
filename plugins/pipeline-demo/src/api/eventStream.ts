/**
 * Splits server-sent events (text/event-stream) into the data of each event.
 *
 * @returns a function that takes the text as it comes and returns the data of
 *   the events that it completes
 */
export function eventStream(): (text: string) => readonly string[] {
  let rest = '';
  let data: string[] = [];
  return text => {
    const events: string[] = [];
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '' && data.length > 0) {
        events.push(data.join('\n'));
        data = [];
      } else if (line.startsWith('data:')) {
        data.push(line.slice('data:'.length).replace(/^ /, ''));
      }
    }
    return events;
  };
}
