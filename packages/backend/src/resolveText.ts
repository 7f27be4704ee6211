import { InputError } from '@backstage/errors';
import {
  PlaceholderResolverParams,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, resolve, sep } from 'node:path';

/**
 * The text that a `$text` placeholder names.
 *
 * An entity that came from a URL may name URLs, as in every Backstage. One
 * that came from a file may name files in that file's folder or below, and
 * nothing else: no catalog file shows a secret of the machine.
 *
 * @throws InputError when the value is no path, or leads out of the folder
 */
export async function resolveText(
  params: PlaceholderResolverParams,
): Promise<string> {
  const { value, baseUrl } = params;
  if (typeof value !== 'string') {
    throw new InputError('Placeholder $text needs a path or a URL');
  }
  if (!isAbsolute(baseUrl)) {
    const url = params.resolveUrl(value, baseUrl);
    params.emit(processingResult.refresh(`url:${url}`));
    return (await params.read(url)).toString('utf8');
  }
  const folder = await realpath(dirname(baseUrl));
  const file = await realpath(resolve(folder, value));
  if (!file.startsWith(folder + sep)) {
    throw new InputError(`Placeholder $text leads out of ${folder}: ${value}`);
  }
  params.emit(processingResult.refresh(`file:${file}`));
  return readFile(file, 'utf8');
}
