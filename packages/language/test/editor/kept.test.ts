import { describe, expect, test } from 'vitest';
import { EditorProject } from '../../src/editor/index.js';
import { CONNECTED } from './connected-files.js';

describe('what is kept', () => {
  /** What differs from the first model after an edit of the shared file, by id. */
  async function changedBy(from: string, to: string): Promise<readonly string[]> {
    const texts = new Map(Object.entries(CONNECTED));
    const reader = { read: (path: string) => Promise.resolve(texts.get(path)) };
    const project = new EditorProject((file) => file);
    const first = await project.check([...texts.keys()], reader);
    const text = CONNECTED['shared.pathway']?.replace(from, to) ?? '';
    expect(text).not.toBe(CONNECTED['shared.pathway']);
    texts.set('shared.pathway', text);
    project.setText('shared.pathway', text);
    const second = await project.check([...texts.keys()], reader);
    const lists = Object.values(second?.model ?? {}).filter((value): value is readonly { readonly id: string }[] =>
      Array.isArray(value),
    );
    const before = new Set<unknown>(Object.values(first?.model ?? {}).flat());
    return lists
      .flat()
      .filter((each) => !before.has(each))
      .map(({ id }) => id);
  }

  test('is everything but the declaration that was changed', async () => {
    expect(await changedBy('cost 30 GBP/h', 'cost 31 GBP/h')).toEqual(['Nurse']);
    expect(await changedBy('on duty 2', 'on duty 3')).toEqual(['Nurse at Ward']);
  });

  test('is not what has the value of a number in it', async () => {
    expect(await changedBy('number Stay = 3 d', 'number Stay = 4 d')).toEqual(['Stay']);
  });

  test('is not the time that a way takes', async () => {
    expect(await changedBy('20 min', '25 min')).toEqual(['Road', 'Care']);
  });
});

test('a check that an edit overtakes gives nothing, and the next one all', async () => {
  const texts = new Map(Object.entries(CONNECTED));
  const reader = { read: (path: string) => Promise.resolve(texts.get(path)) };
  const project = new EditorProject((file) => file);
  let pauses = 0;
  const overtaken = await project.check([...texts.keys()], reader, {}, () => {
    pauses++;
    if (pauses === 2) project.setText('plan.pathway', `${texts.get('plan.pathway')}\nscenario Third { }\n`);
    return Promise.resolve();
  });
  expect(overtaken).toBeUndefined();
  texts.set('plan.pathway', `${texts.get('plan.pathway')}\nscenario Third { }\n`);
  const next = await project.check([...texts.keys()], reader);
  expect(next?.model?.scenarios.map(({ id }) => id)).toEqual(['Today', 'Fewer', 'Third']);
});
