/** What the API server says to who lacks a right; a long name may have cost its end. */
const REFUSAL =
  /User "[^"]*" cannot (\w+) resource "([^"]+)"(?:.*?in the namespace "([^"]+)")?/;

/**
 * An error of Nextflow for people: where the API server forbade the driver
 * something, Nextflow quotes its whole answer; what is missing is enough.
 */
export function plainError(message: string): string {
  const [, verb, resource, namespace] =
    REFUSAL.exec(message.replaceAll('\\"', '"')) ?? [];
  if (verb === undefined) {
    return message;
  }
  const where = namespace === undefined ? '' : ` in the namespace ${namespace}`;
  return `The driver may not ${verb} ${resource}${where}.`;
}
