import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatText } from '../../src/format/format-text.js';
import { CONFORMANCE } from '../conformance.js';

const folder = join(CONFORMANCE, 'format');
const cases = readdirSync(folder)
  .sort()
  .filter((name) => existsSync(join(folder, name, 'expected.pathway')));

describe('conformance of the canonical form', () => {
  test('has cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(15);
  });

  test.each(cases)('%s', (name) => {
    const expected = readFileSync(join(folder, name, 'expected.pathway'), 'utf8');
    expect(formatText(readFileSync(join(folder, name, 'main.pathway'), 'utf8'))).toEqual({ formatted: expected });
    expect(formatText(expected)).toEqual({ formatted: expected });
  });
});
