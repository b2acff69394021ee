import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Model } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver-types';
import { codeActionsAt } from '../../src/editor/code-actions.js';
import { after, openedCase, type Opened, textsAfter } from './opened-case.js';

const CASES = fileURLToPath(new URL('refactorings/', import.meta.url));
const FILE = 'main.pathway';

interface Prepared extends Opened {
  readonly action: CodeAction;
}

/** Opens a text and takes what its first line says, at what stands between « and ». */
async function prepared(source: string, lineEnds: '\n' | '\r\n' = '\n'): Promise<Prepared> {
  const [first = '', ...rest] = source.split('\n');
  const title = first.replace('// @take ', '');
  const marked = rest.join(lineEnds);
  const text = marked.replace(/[«»]/g, '');
  const opened = await openedCase(FILE, (file) => (file === FILE ? text : undefined));
  const document = opened.project.file(FILE)?.document.textDocument;
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  if (document === undefined || start < 0 || end < start) throw new Error('no place is marked');
  const actions = codeActionsAt(opened.project, {
    file: FILE,
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    diagnostics: opened.diagnostics,
    ...(title === 'Organise imports' && { only: ['source'] }),
  });
  const action = actions.find((each) => each.title.startsWith(title));
  if (action === undefined)
    throw new Error(`${title} is not offered, but ${actions.map((each) => each.title).join(', ')}`);
  return { ...opened, action };
}

function changed(opened: Prepared): string {
  return textsAfter((file) => opened.text(file), opened.action).get(FILE) ?? '';
}

async function modelsOf(opened: Prepared): Promise<{ before: Model; now: Model }> {
  const before = opened.project.latest?.model;
  const { model: now, diagnostics } = await after(opened, opened.action);
  if (before === undefined || now === undefined)
    throw new Error(`no model: ${diagnostics.map(({ message }) => message).join(' ')}`);
  return { before, now };
}

/**
 * What a pathway does, as plain data: called pathways written out, named numbers as their values, without places in the
 * text and without the names that a change of form brings.
 */
function meaning(model: Model): unknown {
  const numbers = new Map(model.numbers.map(({ id, value }) => [id, value]));
  const pathways = new Map(model.pathways.map(({ id, body }) => [id, body]));
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.flatMap((each) => written(each));
    if (typeof value !== 'object' || value === null) return value;
    const record: Record<string, unknown> = { ...value };
    if (record.kind === 'reference' && typeof record.to === 'string' && numbers.has(record.to))
      return plain(numbers.get(record.to));
    return Object.fromEntries(
      Object.entries(record).flatMap(([key, each]) => (key === 'origin' || key === 'id' ? [] : [[key, plain(each)]])),
    );
  };
  const written = (value: unknown): unknown[] => {
    const record: Record<string, unknown> = typeof value === 'object' && value !== null ? { ...value } : {};
    if (record.kind === 'call' && typeof record.pathway === 'string')
      return (pathways.get(record.pathway) ?? []).flatMap(written);
    return [plain(value)];
  };
  return written({ kind: 'call', pathway: 'Care' });
}

describe('changes of form', () => {
  it.each(readdirSync(CASES).sort())('%s', async (name) => {
    const opened = await prepared(readFileSync(join(CASES, name, 'before.pathway'), 'utf8'));
    const expected = join(CASES, name, 'after.pathway');
    const text = changed(opened);
    if (process.env.UPDATE_GOLDENS !== undefined || !existsSync(expected)) writeFileSync(expected, text);
    expect(text).toBe(readFileSync(expected, 'utf8'));
    const { diagnostics } = await after(opened, opened.action);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each(readdirSync(CASES).sort())('%s, in a text with carriage returns too', async (name) => {
    const opened = await prepared(readFileSync(join(CASES, name, 'before.pathway'), 'utf8'), '\r\n');
    const expected = readFileSync(join(CASES, name, 'after.pathway'), 'utf8');
    expect(changed(opened)).toBe(expected.replaceAll('\n', '\r\n'));
  });

  it.each([
    'steps-move-to-a-pathway-of-their-own',
    'a-called-pathway-is-written-out',
    'a-number-gets-a-name',
    'a-pathway-becomes-a-template',
    'a-finding-is-silenced-with-a-reason',
  ])('%s, and nothing else is meant', async (name) => {
    const opened = await prepared(readFileSync(join(CASES, name, 'before.pathway'), 'utf8'));
    const { before, now } = await modelsOf(opened);
    // Twenty minutes of washing are in all of them.
    expect(JSON.stringify(meaning(before))).toContain('1200');
    expect(meaning(now)).toEqual(meaning(before));
  });
});
