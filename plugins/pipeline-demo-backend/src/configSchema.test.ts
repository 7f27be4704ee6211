import { ConfigReader } from '@backstage/config';
import type { JsonObject, JsonValue } from '@backstage/types';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readSettings, SETTING_KEYS } from './settings';

/** A key as `config.d.ts` documents it. */
interface DocumentedKey {
  readonly path: string;
  readonly comment: string;
}

/** Those for which leaving them out says something of its own. */
const WITHOUT_DEFAULT = [
  'local.breakIt',
  'kubernetes.kubeconfig',
  'kubernetes.context',
];

const KEYS = documentedKeys(
  readFileSync(resolve(__dirname, '../config.d.ts'), 'utf8'),
);

/** All keys that hold a value, below `pipelineDemo`. */
function documentedKeys(source: string): readonly DocumentedKey[] {
  const parents: string[] = [];
  const found: DocumentedKey[] = [];
  let comment = '';
  for (const line of source.split('\n')) {
    const [, name, type] = /^\s*(\w+)\?: (.*)$/.exec(line) ?? [];
    if (/^\s*\/?\*/.test(line)) {
      comment = /^\s*\/\*\*/.test(line) ? line : `${comment}\n${line}`;
    } else if (name && type === '{') {
      parents.push(name);
    } else if (name) {
      const path = [...parents.slice(1), name].join('.');
      found.push({ path, comment });
    } else if (/^\s*};$/.test(line)) {
      parents.pop();
    }
  }
  return found;
}

/** The settings of the engine that the key is about, with that value if there is one. */
function settingsWith(path: string, value?: JsonValue) {
  const engine = path.startsWith('kubernetes.') ? 'kubernetes' : 'local';
  const section = path.split('.').reduceRight<JsonObject>(
    (inner, name, depth, names) => ({
      [name]: depth === names.length - 1 ? value : inner,
    }),
    {},
  );
  const config = new ConfigReader({ pipelineDemo: { engine, ...section } });
  return readSettings(config, '/srv');
}

it('has every key that is read, and no other', () => {
  expect(KEYS.map(({ path }) => path).sort()).toEqual([...SETTING_KEYS].sort());
});

it.each(KEYS)('says what $path is, and who may see it', ({ comment }) => {
  expect(comment).toMatch(/\* [A-Z`].{20}/);
  expect(comment).toContain('@visibility backend');
});

const DEFAULTS = KEYS.flatMap(({ path, comment }) => {
  const [, text] = /@default (.*)/.exec(comment) ?? [];
  return text === undefined ? [] : [{ path, text }];
});

it.each(DEFAULTS)('tells the default of $path as it is', ({ path, text }) => {
  expect(settingsWith(path, JSON.parse(text))).toEqual(settingsWith(path));
});

it('tells a default where there is one', () => {
  const told = DEFAULTS.map(({ path }) => path);
  expect(KEYS.map(({ path }) => path).sort()).toEqual(
    [...told, ...WITHOUT_DEFAULT].sort(),
  );
});
