import { InputError } from '@backstage/errors';
import { stripVTControlCharacters } from 'node:util';
import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';
import type { SearchText } from './logQuery';

/**
 * The engine's time for a line grows with the pattern's size and the line's
 * length, and with nothing else; with both limited, a line takes at most some
 * ten milliseconds. The largest pattern in use ("three numbers and a word")
 * has some 50.
 */
const MAX_PATTERN_SIZE = 300;
const MAX_SEARCHED_CHARACTERS = 4_096;

/** Whether a line's text matches. */
export type LinePattern = (text: string) => boolean;

/**
 * Compiles what is looked for. Regular expressions are RE2's: without
 * back-references and look-around, and so without patterns that take for ever.
 * Escape sequences (colours) are not part of the text.
 *
 * @throws InputError when the expression is not one, with the engine's word
 */
export function compilePattern(search: SearchText): LinePattern {
  const visible = (text: string) =>
    text.includes('\u001b') ? stripVTControlCharacters(text) : text;
  if (search.syntax === 'regex') {
    const regex = compileRegex(search);
    return text => regex.test(visible(text).slice(0, MAX_SEARCHED_CHARACTERS));
  }
  if (search.letterCase === 'sensitive') {
    return text => visible(text).includes(search.text);
  }
  const wanted = search.text.toLowerCase();
  return text => visible(text).toLowerCase().includes(wanted);
}

function compileRegex({ text, letterCase }: SearchText): RE2JS {
  let regex: RE2JS;
  try {
    regex = RE2JS.compile(
      text,
      letterCase === 'insensitive' ? RE2JS.CASE_INSENSITIVE : 0,
    );
  } catch (error) {
    if (error instanceof RE2JSException) {
      throw new InputError(
        `The regular expression cannot be used: ${descriptionOf(error)}.`,
      );
    }
    throw error;
  }
  if (regex.programSize() > MAX_PATTERN_SIZE) {
    throw new InputError(
      'The regular expression is too large; use smaller repeat counts.',
    );
  }
  return regex;
}

/** Without the expression itself, to which the engine has added flags. */
function descriptionOf(error: RE2JSException): string {
  return error instanceof RE2JSSyntaxException
    ? error.getDescription()
    : error.message;
}
