import { stripVTControlCharacters } from 'node:util';

/**
 * Whether a line of the servers' output is one that people must see: an error
 * of the backend's logger ("2026-11-24T… catalog error …"), of the bundler
 * ("ERROR in …", "× …") or of Node.
 */
export function isProblem(line) {
  const text = stripVTControlCharacters(line);
  return (
    /^\S+ \S+ error /.test(text) ||
    /^(ERROR in |\s*×|Uncaught |\w*Error: )/.test(text)
  );
}
