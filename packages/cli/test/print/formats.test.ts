import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { jsonText, type ProjectCompilation } from '@pathway/compiler';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Diagnostic } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { checkJson, checkJsonSchema, checkSchema } from '../../src/print/check-json.js';
import { githubAnnotations } from '../../src/print/github.js';
import { sarifLog } from '../../src/print/sarif.js';

const place = (line: number) => ({ file: 'a b.pathway', line, column: 3, endLine: line, endColumn: 6 });
const finding = (line: number, message = 'Found x,\n100% wrong: y.'): Diagnostic => ({
  code: 'PW1001',
  severity: 'error',
  message,
  range: place(line),
  related: [{ message: 'see here', origin: place(9) }],
  fixes: [{ title: 'Write z', edits: [{ origin: place(line), newText: 'z' }] }],
});

function compilation(diagnostics: readonly Diagnostic[], text = 'one\ntwo\nthree'): ProjectCompilation {
  return {
    project: { root: '/x/sub', shown: 'sub', config: {}, configured: false, entryFiles: [] },
    model: undefined,
    failed: true,
    files: ['a b.pathway'],
    texts: new Map([['a b.pathway', text]]),
    diagnostics,
  };
}

describe('GitHub annotations', () => {
  test('escape what would end a command or a property', () => {
    expect(githubAnnotations([compilation([finding(2)])])).toBe(
      '::error file=sub/a b.pathway,line=2,endLine=2,col=3,endColumn=6,title=PW1001::Found x,%0A100%25 wrong: y.\n',
    );
  });

  test('one diagnostic never becomes two commands', () => {
    const text = githubAnnotations([compilation([finding(1, 'x\r\n::error::forged')])]);
    expect(text.split('\n').filter((line) => line.startsWith('::'))).toHaveLength(1);
  });
});

describe('JSON', () => {
  test('follows its schema', () => {
    const document = checkSchema.parse(JSON.parse(checkJson([compilation([finding(1), finding(2)])])));
    expect(document.counts).toEqual({ error: 2, warning: 0, information: 0, hint: 0 });
    expect(document.diagnostics[0]?.place).toEqual({ ...place(1), file: 'sub/a b.pathway' });
  });
});

test('the schema of the JSON is published as it is, and takes what is written', () => {
  const path = new URL('../../../../docs/schemas/check.schema.json', import.meta.url);
  const text = jsonText(checkJsonSchema());
  if (process.env.UPDATE_GOLDENS === '1') {
    mkdirSync(new URL('.', path), { recursive: true });
    writeFileSync(path, text);
  }
  expect(existsSync(path) ? readFileSync(path, 'utf8') : 'missing: run `npm run goldens`').toBe(text);
  const validate = new Ajv2020().compile(checkJsonSchema());
  expect(validate(JSON.parse(checkJson([compilation([finding(1)])])))).toBe(true);
  expect(validate({ format: 'pathway-check' })).toBe(false);
});

describe('SARIF', () => {
  interface Log {
    version: string;
    runs: {
      tool: { driver: { name: string; rules: { id: string; defaultConfiguration: { level: string } }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        locations: {
          physicalLocation: { artifactLocation: { uri: string; uriBaseId?: string }; region: Record<string, number> };
        }[];
        partialFingerprints: Record<string, string>;
      }[];
    }[];
  }
  const log = (compilations: readonly ProjectCompilation[]): Log => JSON.parse(sarifLog(compilations, '0.1.0')) as Log;

  test('has what version 2.1.0 demands', () => {
    const { version, runs } = log([compilation([finding(1)])]);
    expect(version).toBe('2.1.0');
    const { tool, results } = runs[0]!;
    expect(tool.driver.name).toBe('Pathway');
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(['none', 'note', 'warning', 'error']).toContain(level);
      expect(message.text).not.toBe('');
      const { artifactLocation, region } = locations[0]!.physicalLocation;
      expect(artifactLocation).toEqual({ uri: 'sub/a%20b.pathway', uriBaseId: '%SRCROOT%' });
      expect(region).toEqual({ startLine: 1, startColumn: 3, endLine: 1, endColumn: 6 });
    }
  });

  test('knows a finding again after lines were added above it, and tells equal ones apart', () => {
    const prints = (compilationOf: ProjectCompilation) =>
      log([compilationOf]).runs[0]!.results.map(({ partialFingerprints }) => partialFingerprints['pathwayFinding/v1']);
    expect(prints(compilation([finding(2)], 'new\none\ntwo'))).toEqual(prints(compilation([finding(1)], 'one\ntwo')));
    const [first, second] = prints(compilation([finding(1), finding(2)], 'same\nsame'));
    expect(first).not.toBe(second);
  });
});
