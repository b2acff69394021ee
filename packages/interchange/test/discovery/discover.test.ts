import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Aligner } from '../../src/conformance/align.js';
import { discover } from '../../src/discovery/discover.js';
import { type FlowTree, labelsOf } from '../../src/discovery/flow-tree.js';
import { VariantCounter, type Variant } from '../../src/discovery/variants.js';
import { Random } from '../../src/statistics/random.js';
import { choice, inOrder, loop, nothing, parallel, step, trees, walk } from './trees.js';

/** A tree as text: `0 (1 | 2) {3 & 4} 5*`. */
function textOf(tree: FlowTree): string {
  switch (tree.kind) {
    case 'step':
      return String(tree.label);
    case 'sequence':
      return tree.parts.map(textOf).join(' ');
    case 'choice':
      return `(${tree.branches.map(textOf).sort().join('|')})`;
    case 'parallel':
      return `{${tree.branches.map(textOf).sort().join('&')}}`;
    case 'loop':
      return `[${textOf(tree.body)}]*${tree.redo.kind === 'sequence' && tree.redo.parts.length === 0 ? '' : `<${textOf(tree.redo)}>`}`;
  }
}

function logOf(tree: FlowTree, cases: number, seed: number): Variant[] {
  const random = new Random(seed);
  const counter = new VariantCounter();
  for (let i = 0; i < cases; i++) counter.add(walk(tree, random));
  return counter.list();
}

describe('a pathway discovered from a log', () => {
  test.each<[string, FlowTree]>([
    ['0 1 2', inOrder(step(0), step(1), step(2))],
    ['0 (1|2) 3', inOrder(step(0), choice(step(1), step(2)), step(3))],
    ['0 {1&2} 3', inOrder(step(0), parallel(step(1), step(2)), step(3))],
    ['0 (|1) 2', inOrder(step(0), choice(step(1), nothing), step(2))],
    ['0 [1]* 2', inOrder(step(0), loop(step(1)), step(2))],
    ['0 [1 2]*<3> 4', inOrder(step(0), loop(inOrder(step(1), step(2)), step(3)), step(4))],
    ['0 {1 2&3} 4', inOrder(step(0), parallel(inOrder(step(1), step(2)), step(3)), step(4))],
  ])('%s is found again', (text, tree) => {
    expect(textOf(discover(logOf(tree, 600, 5), { noise: 0 }))).toBe(text);
    expect(textOf(discover(logOf(tree, 600, 5), { noise: 0.05 }))).toBe(text);
  });

  test('without noise left out, every case of the log follows it', () => {
    fc.assert(
      fc.property(trees(6), fc.integer({ min: 1, max: 1e6 }), (tree, seed) => {
        const log = logOf(tree, 60, seed);
        const aligner = new Aligner(discover(log, { noise: 0 }));
        for (const { trace } of log) expect(aligner.align(trace)!.cost).toBe(0);
      }),
      { seed: 21, numRuns: 150 },
    );
  });

  test('the same holds for logs that follow no pathway', () => {
    const trace = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(trace, { minLength: 1, maxLength: 12 }), (traces) => {
        const log = traces.map((each) => ({ trace: each, count: 1 }));
        const aligner = new Aligner(discover(log, { noise: 0 }));
        for (const each of traces) expect(aligner.align(each)!.cost).toBe(0);
      }),
      { seed: 22, numRuns: 200 },
    );
  });

  test('with noise left out it ends on any log, with every activity at most once', () => {
    const trace = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 12 });
    fc.assert(
      fc.property(
        fc.array(trace, { minLength: 1, maxLength: 30 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (traces, noise) => {
          const tree = discover(
            traces.map((each) => ({ trace: each, count: 1 })),
            { noise },
          );
          const count = (at: FlowTree): number =>
            at.kind === 'step'
              ? 1
              : at.kind === 'sequence'
                ? sum(at.parts)
                : at.kind === 'loop'
                  ? sum([at.body, at.redo])
                  : sum(at.branches);
          const sum = (list: readonly FlowTree[]): number => list.reduce((all, each) => all + count(each), 0);
          expect(count(tree)).toBe(labelsOf(tree).size);
        },
      ),
      { seed: 23, numRuns: 300 },
    );
  });

  test('a few cases out of order do not hide the order of the others', () => {
    const counter = new VariantCounter();
    counter.add([0, 1, 2, 3], 95);
    counter.add([0, 2, 1, 3], 5);
    expect(textOf(discover(counter.list(), { noise: 0.1 }))).toBe('0 1 2 3');
    expect(textOf(discover(counter.list(), { noise: 0 }))).toBe('0 {1&2} 3');
  });
});
