import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Aligner, type FlowRun } from '../../src/conformance/align.js';
import { followsPrecision } from '../../src/conformance/precision.js';
import { Random } from '../../src/statistics/random.js';
import { choice, editCost, inOrder, language, loop, nothing, parallel, step, trees, walk } from './trees.js';

/** The events of a run with the labels that its steps have. */
function eventsOf(run: FlowRun): { event: number | undefined; label: number | undefined }[] {
  switch (run.kind) {
    case 'step':
      return [run];
    case 'sequence':
    case 'loop':
      return run.parts.flatMap(eventsOf);
    case 'parallel':
      return run.branches.flatMap(eventsOf);
    case 'choice':
      return eventsOf(run.run);
  }
}

describe('aligning a case with a pathway', () => {
  test('it costs as little as the nearest of all ways through the pathway', () => {
    fc.assert(
      fc.property(trees(3), fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }), (tree, trace) => {
        const nearest = Math.min(...language(tree, trace.length + 3).map((way) => editCost(trace, way)));
        expect(new Aligner(tree).align(trace)!.cost).toBe(nearest);
      }),
      { seed: 12, numRuns: 400 },
    );
  });

  test('what follows the pathway costs nothing, and the run says how it went', () => {
    fc.assert(
      fc.property(trees(7), fc.integer({ min: 1, max: 1e6 }), (tree, seed) => {
        const trace = walk(tree, new Random(seed));
        const { cost, run } = new Aligner(tree).align(trace)!;
        expect(cost).toBe(0);
        const seen = eventsOf(run).filter(({ event }) => event !== undefined);
        expect(seen.map(({ event }) => event).sort((a, b) => a! - b!)).toEqual(trace.map((_, i) => i));
        for (const { event, label } of seen) expect(trace[event!]).toBe(label);
      }),
      { seed: 13, numRuns: 200 },
    );
  });

  test('branches, rounds and steps are told', () => {
    const tree = inOrder(step(0), choice(step(1), step(2)), loop(step(3)));
    const { cost, run } = new Aligner(tree).align([0, 2, 3, 3, 3])!;
    expect(cost).toBe(0);
    expect(run).toMatchObject({
      parts: [{ event: 0 }, { kind: 'choice', branch: 1, run: { event: 1 } }, { kind: 'loop', rounds: 3 }],
    });
  });

  test('a loop with a way back counts rounds of its body', () => {
    const tree = loop(inOrder(step(0), step(1)), step(2));
    expect(new Aligner(tree).align([0, 1, 2, 0, 1, 2, 0, 1])).toMatchObject({ cost: 0, run: { rounds: 3 } });
  });

  test('an event in excess and a step that lacks cost one each', () => {
    const tree = inOrder(step(0), step(1), step(2));
    expect(new Aligner(tree).align([0, 5, 2])!.cost).toBe(2);
    expect(new Aligner(tree).align([])!.cost).toBe(3);
    expect(new Aligner(tree).shortest).toBe(3);
  });

  test('a long case over branches at once stays cheap to align', () => {
    const random = new Random(1);
    const tree = inOrder(
      step(0),
      parallel(loop(step(1)), loop(step(2)), loop(inOrder(step(3), choice(step(4), nothing)))),
      step(5),
    );
    const trace = [0, ...Array.from({ length: 300 }, () => 1 + random.below(4)), 5];
    const alignment = new Aligner(tree).align(trace);
    expect(alignment?.cost).toBeLessThan(100);
  });
});

describe('precision', () => {
  test('is 1 where all that may follow does, and lower where a pathway allows more', () => {
    const log = [{ trace: [0, 1, 2], count: 5 }];
    expect(followsPrecision(inOrder(step(0), step(1), step(2)), log)).toBe(1);
    expect(followsPrecision(parallel(step(0), step(1), step(2)), log)).toBe(2 / 6);
    expect(followsPrecision(loop(choice(step(0), step(1), step(2))), log)).toBe(2 / 9);
  });
});
