import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Model } from '@pathway/model';
import { applyDifference, bareModel, diffModels } from '../src/index.js';
import { exampleModel, modelOf, PLANNED, STROKE } from './models.js';
import { editsOf, type Mutation, reformatted } from './mutations.js';

const models: Model[] = [];
beforeAll(async () => {
  models.push(
    await modelOf(STROKE),
    await exampleModel('stroke', ['studies.pathway']),
    await exampleModel('treatment-centre', ['studies.pathway']),
    await modelOf(PLANNED),
  );
});

/** A picker that takes the numbers one after the other. */
function picker(numbers: readonly number[]): (length: number) => number {
  let at = 0;
  return (length) => (length === 0 ? 0 : (numbers[at++ % numbers.length] ?? 0) % length);
}

const choices = fc.array(fc.nat(997), { minLength: 4, maxLength: 4 });
/** The plan more often than models without one. */
const which = fc.constantFrom(0, 1, 2, 3, 3, 3);
const SETTINGS = { seed: 6, numRuns: 60 };

function mutate(
  which: number,
  edit: number,
  numbers: readonly number[],
): { before: Model; mutation: Mutation } | undefined {
  const before = models[which]!;
  const edits = editsOf(before);
  const mutation = edits[edit % edits.length]![1](picker(numbers));
  return mutation && { before, mutation };
}

describe('the difference of two models', () => {
  test('is empty for a model and itself', () => {
    for (const model of models) expect(diffModels(model, model).changes).toEqual([]);
  });

  test('is empty for other layout, comments and units', () => {
    for (const model of models) expect(diffModels(model, reformatted(model)).changes).toEqual([]);
  });

  test('tells every edit, and each but once', () => {
    let told = 0;
    fc.assert(
      fc.property(which, fc.nat(997), choices, (which, edit, numbers) => {
        const mutated = mutate(which, edit, numbers);
        if (mutated === undefined) return;
        told += 1;
        const { before, mutation } = mutated;
        const { changes } = diffModels(before, mutation.model);
        expect(
          changes.map(({ kind, property, element }) => ({
            kind,
            ...(property !== undefined && { property }),
            element: element.kind,
          })),
          mutation.what,
        ).toEqual([mutation.expected]);
      }),
      { ...SETTINGS, numRuns: 700 },
    );
    expect(told).toBeGreaterThan(400);
  });

  test('makes the later model of the earlier one, whatever was edited', () => {
    fc.assert(
      fc.property(which, fc.array(fc.tuple(fc.nat(997), choices), { minLength: 1, maxLength: 6 }), (which, edits) => {
        const before = models[which]!;
        const after = edits.reduce((model, [edit, numbers]) => {
          const all = editsOf(model);
          return all[edit % all.length]![1](picker(numbers))?.model ?? model;
        }, before);
        expect(applyDifference(before, diffModels(before, after))).toEqual(bareModel(after));
        expect(applyDifference(after, diffModels(after, before))).toEqual(bareModel(before));
      }),
      SETTINGS,
    );
  });

  test('makes one model of another that has nothing to do with it', () => {
    for (const before of models)
      for (const after of models) expect(applyDifference(before, diffModels(before, after))).toEqual(bareModel(after));
  });

  test('refuses a model that it does not belong to', () => {
    const difference = diffModels(models[0]!, mutate(0, 2, [1, 2, 3, 4])!.mutation.model);
    expect(() => applyDifference(models[1]!, difference)).toThrow(/which the model does not have/);
  });
});
