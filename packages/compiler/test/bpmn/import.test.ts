import { bpmnDocument, importBpmn } from '@pathway/interchange';
import type { Activity, Model } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { bpmnFile } from '../../src/index.js';
import { EXAMPLES, exampleModel, modelOf } from './examples.js';
import { flowShape } from './flow-shape.js';
import { generatedText, numbers } from './generated-text.js';

/** What is the same after export and import: everything but places in files, sources, translations, and unnamed ids. */
function meaningOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaningOf);
  if (typeof value !== 'object' || value === null) return value;
  const left = ['origin', 'sources', 'titles', 'unit', 'id', 'label', 'documentation'];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !left.includes(key))
      .map(([key, inside]) => [key, meaningOf(inside)]),
  );
}

const bodyOf = (body: readonly Activity[], from: string, to: string, { numbers: named }: Model): unknown => {
  const renamed = JSON.stringify(meaningOf(body)).replaceAll(`"${from}.`, `"${to}.`).replaceAll(`"${from}"`, `"${to}"`);
  // A number that a template was given has a name of its own where it stands alone.
  return JSON.parse(named.reduce((text, { id }) => text.replaceAll(`"${id}"`, `"${id.replaceAll('.', '')}"`), renamed));
};

describe('BPMN of our own, read back', () => {
  test.each(EXAMPLES)('is the same pathway: %s', async (name) => {
    const model = await exampleModel(name);
    for (const pathway of model.pathways) {
      const { xml } = await bpmnFile(model, pathway.id);
      const { text } = importBpmn(xml);
      const read = await modelOf(text);
      const found = read.pathways.find((each) => each.name === pathway.name);
      expect(bodyOf(found?.body ?? [], found?.id ?? '', pathway.id, read), `${pathway.id}\n${text}`).toEqual(
        bodyOf(pathway.body, pathway.id, pathway.id, model),
      );
      expect(found?.cohorts.length).toBe(pathway.cohorts.length);
    }
  });
});

const shapesOf = (model: Model, pathway: string): readonly string[] =>
  bpmnDocument(model, pathway).processes.flatMap(({ process }) => flowShape(process));

describe('pathways made at random', () => {
  test('come back with the same flow', { timeout: 60_000 }, async () => {
    const random = numbers(5);
    for (let count = 0; count < 25; count++) {
      const made = generatedText(random, true);
      const model = await modelOf(made);
      const again = await modelOf(importBpmn((await bpmnFile(model, 'Care')).xml).text);
      expect(shapesOf(again, 'Care'), made).toEqual(shapesOf(model, 'Care'));
      expect(shapesOf(model, 'Care').length).toBeGreaterThan(2);
    }
  });
});
