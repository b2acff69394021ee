import { describe, expect, test } from 'vitest';
import type { KnowledgePackage } from '../../src/hub/knowledge-package.js';
import { searchPackages } from '../../src/hub/search.js';

function packageOf(
  name: string,
  description: string,
  text: string,
  keywords: readonly string[] = [],
): KnowledgePackage {
  return {
    manifest: { name, version: '1.0.0', license: 'CC0-1.0', description, keywords: [...keywords] },
    files: new Map([['index.pathway', new TextEncoder().encode(text)]]),
    place: 'npm',
    source: 'npm',
  };
}

const heat = packageOf('@care/heat', 'Older people in the summer', 'skill Calls "Chiamate in città"', ['heat']);
const flood = packageOf('flood', 'Heat pumps under water', '/** Evacuation of a ward */ skill Boat');
const names = (...words: string[]): string[] =>
  searchPackages([flood, heat], words).map(({ found }) => found.manifest.name);

describe('a search', () => {
  test('finds words in names before words in descriptions', () => {
    expect(names('heat')).toEqual(['@care/heat', 'flood']);
  });
  test('wants every word, in any order, from its beginning', () => {
    expect(names('people', 'old')).toEqual(['@care/heat']);
    expect(names('older', 'flood')).toEqual([]);
    expect(names('eat')).toEqual([]);
  });
  test('looks into titles and comments, without case and accents', () => {
    expect(names('CITTA')).toEqual(['@care/heat']);
    expect(names('evacuation')).toEqual(['flood']);
  });
  test('lists all without words', () => {
    expect(names()).toEqual(['@care/heat', 'flood']);
  });
});
