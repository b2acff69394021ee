import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { jsonText } from '../../src/emitters/json-text.js';
import { parseProjectConfig, projectJsonSchema } from '../../src/project/config.js';

const parse = (value: unknown) => parseProjectConfig(JSON.stringify(value), 'pathway.config.json');

describe('the settings of a project', () => {
  test('may all be left out', () => {
    expect(parse({})).toEqual({});
  });

  test('are taken as written', () => {
    const config = {
      $schema: 'x',
      title: 'Devon',
      entry: ['a.pathway'],
      exclude: ['old/**'],
      out: 'build',
      products: ['report', { emitter: 'diagram', options: { theme: 'dark' } }],
      severities: { PW3001: 'off' },
      emitters: ['@region/tables'],
    };
    expect(parse(config)).toEqual(config);
  });

  test.each([
    [{ entrys: [] }, '`entrys` is no setting; did you mean `entry`?'],
    [{ out: '../elsewhere' }, '`out`: must stay inside the project'],
    [{ out: '/tmp' }, '`out`: must stay inside the project'],
    [{ entry: ['../*.pathway'] }, '`entry[0]`: must stay inside the project'],
    [{ emitters: ['../../evil.js'] }, '`emitters[0]`: must be the name of an npm package'],
    [{ severities: { PW0000: 'off' } }, 'must be the code of a diagnostic'],
    [{ severities: { PW3001: 'fatal' } }, '`severities.PW3001`:'],
    [{ products: [] }, '`products`:'],
    [[], 'the file'],
  ])('%j is refused: %s', (config, message) => {
    expect(() => parse(config)).toThrow(message);
  });

  test('all mistakes are told at once', () => {
    expect(() => parse({ titel: 'x', out: '..' })).toThrow(/titel[\s\S]*out|out[\s\S]*titel/);
  });

  test('broken JSON is told with its line and column', () => {
    expect(() => parseProjectConfig('{\n  "title": "x",\n}\n', 'pathway.config.json')).toThrow(
      'pathway.config.json:3:1 is not valid JSON.',
    );
    expect(() => parseProjectConfig('{', 'pathway.config.json')).toThrow('pathway.config.json:1:2 is not valid JSON.');
  });
});

test('their schema is published as it is', () => {
  const path = new URL('../../../../docs/schemas/project.schema.json', import.meta.url);
  const text = jsonText(projectJsonSchema());
  if (process.env.UPDATE_GOLDENS === '1') {
    mkdirSync(new URL('.', path), { recursive: true });
    writeFileSync(path, text);
  }
  expect(existsSync(path) ? readFileSync(path, 'utf8') : 'missing: run `npm run goldens`').toBe(text);
});
