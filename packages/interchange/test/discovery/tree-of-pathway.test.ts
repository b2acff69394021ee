import { emptyModel } from '@pathway/model';
import type { Activity, Model, Origin, Pathway } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { treeOfPathway } from '../../src/conformance/tree-of-pathway.js';
import type { FlowTree } from '../../src/discovery/flow-tree.js';

const origin: Origin = { file: 'test.pathway', line: 1, column: 1, endLine: 1, endColumn: 2 };
const at = (id: string) => ({ id: `P.${id}`, name: id, origin });
const step = (id: string): Activity => ({
  ...at(id),
  kind: 'step',
  needs: [],
  costs: [],
  dependsOn: [],
  remote: false,
});
const one = { kind: 'number', value: 1, dimension: { time: 0, money: 0 } } as const;

function tree(...body: readonly Activity[]): FlowTree {
  const pathway: Pathway = { ...at('P'), cohorts: [], body };
  const model: Pick<Model, 'pathways'> = { pathways: [pathway] };
  return treeOfPathway({ ...EMPTY, ...model }, pathway, (activity) => Number(activity.slice(-1)));
}

const EMPTY: Model = emptyModel({
  sourceHash: '0'.repeat(64),
  title: 'Test',
});

describe('the tree of a pathway', () => {
  test('has what members of a group do together, and neither waits nor changes of attributes', () => {
    const grouped = tree(
      step('S1'),
      { ...at('W'), kind: 'wait', duration: one },
      { ...at('G'), kind: 'gather', size: one, body: [step('S2')] },
      { id: 'P.#1', origin, kind: 'set', attribute: 'x', value: one },
    );
    expect(grouped).toEqual(tree(step('S1'), step('S2')));
  });

  test('is not that of a race, whose abandoned branches end anywhere', () => {
    const race: Activity = {
      ...at('R'),
      kind: 'race',
      branches: [
        { name: 'A', origin, body: [step('S1')] },
        { name: 'B', origin, body: [step('S2')] },
      ],
    };
    expect(() => tree(race)).toThrow('A pathway with `race` cannot be compared with a log');
  });
});
