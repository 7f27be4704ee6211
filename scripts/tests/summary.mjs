// Counts the tests of all runs since the results' folder was emptied: the
// closing lines of .ci/run.
import { existsSync, readdirSync } from 'node:fs';
import { countLine, countResults, RESULTS } from './results.mjs';

const files = existsSync(RESULTS) ? readdirSync(RESULTS).sort() : [];
for (const file of files) {
  console.log(`${file.split('.')[0]}: ${countLine(countResults([file]))}`);
}
console.log(countLine(countResults(files)));
