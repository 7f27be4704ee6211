/** What has to stand in quotes: it would end a field or a record. */
const SPECIAL = /[",\r\n]/;

/** Records as CSV (RFC 4180), each ended by CR LF; numbers as they are, unrounded. */
export function csv(
  records: readonly (readonly (string | number)[])[],
): string {
  return records
    .map(record => `${record.map(value => field(String(value))).join(',')}\r\n`)
    .join('');
}

function field(text: string): string {
  return SPECIAL.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
