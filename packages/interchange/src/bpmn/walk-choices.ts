import { type Branch, type Choose, constantValue, type Expression, type Repeat } from '@pathway/model';
import { branchHead, headOf } from '../write/activity-text.js';
import { sourceText } from '../write/expressions.js';
import type { Meaning } from './process.js';
import type { OpenWay, Surroundings } from './process-builder.js';
import { documented, meaningOf, type ProcessWalk } from './process-walk.js';

/** A gateway with a way for each branch, with its share where that is known. */
export function walkChoose(
  walk: ProcessWalk,
  choose: Choose,
  ends: readonly OpenWay[],
  around: Surroundings,
): readonly OpenWay[] {
  const name =
    choose.title ?? choose.name ?? (choose.by === 'attribute' ? `By ${choose.attribute ?? ''}?` : 'Which way?');
  const content = {
    id: choose.id,
    kind: 'exclusive',
    name,
    meaning: meaningOf(choose),
    ...documented(choose),
  } as const;
  walk.builder.add(content, around.organisation, around, ends);
  const rest = choose.branches.findIndex(({ when }) => when.kind === 'otherwise');
  const shares = sharesOf(walk, choose);
  const open = choose.branches.flatMap((branch, index) => {
    const isDefault = index === rest;
    const condition = conditionText(branch);
    const way: OpenWay = {
      from: choose.id,
      name: branch.label === '' ? condition : branch.label,
      ...(isDefault ? { isDefault } : { condition }),
      ...(shares && { share: shares[index] ?? 0 }),
      branches: [{ head: branchHead(branch), place: index }],
    };
    return walk.branch(branch.body, [way], around, choose.id, index);
  });
  if (rest >= 0) return open;
  // Without a rest, those whom no branch takes go on.
  const missing = shares === undefined ? undefined : Number((1 - sum(shares)).toFixed(12));
  if (missing !== undefined && missing <= 0) return open;
  const way: OpenWay = {
    from: choose.id,
    name: 'otherwise',
    isDefault: true,
    ...(missing !== undefined && { share: missing }),
  };
  return [...open, way];
}

/** The share of each branch; undefined where choices are not by shares, or shares are not known. */
function sharesOf(walk: ProcessWalk, { by, branches }: Choose): readonly number[] | undefined {
  if (by !== 'shares') return undefined;
  const known = branches.map(({ when }) => (when.kind === 'share' ? constantValue(when.share, walk.model) : 0));
  if (known.some((share) => share === undefined)) return undefined;
  const rest = 1 - sum(known.map((share) => share ?? 0));
  return branches.map(({ when }, i) => Number((when.kind === 'otherwise' ? rest : (known[i] ?? 0)).toFixed(12)));
}

/** Rounds: a gateway that leads back while there is another one. */
export function walkRepeat(
  walk: ProcessWalk,
  repeat: Repeat,
  ends: readonly OpenWay[],
  around: Surroundings,
): readonly OpenWay[] {
  const begin = {
    id: repeat.id,
    kind: 'exclusive',
    name: '',
    meaning: meaningOf(repeat),
    ...documented(repeat),
  } as const;
  const start = walk.builder.add(begin, around.organisation, around, ends);
  const left = walk.sequence(repeat.body, start, around);
  if (left.length === 0) return [];
  const again = repeat.again === undefined ? undefined : constantValue(repeat.again, walk.model);
  const id = `${repeat.id}:again`;
  const meaning: Meaning = { is: 'again', of: repeat.id };
  const name = repeat.title ?? (repeat.until === undefined ? 'Another round?' : `${sourceText(repeat.until)}?`);
  walk.builder.add({ id, kind: 'exclusive', name, meaning }, walk.placeOf(left, around), around, left);
  const condition = headOf(repeat);
  walk.builder.connect(
    [{ from: id, name: `again: ${condition}`, condition, ...(again !== undefined && { share: again }) }],
    repeat.id,
  );
  return [{ from: id, name: 'done', isDefault: true, ...(again !== undefined && { share: 1 - again }) }];
}

function conditionText({ when }: Branch): string {
  const text = (expression: Expression): string => sourceText(expression);
  switch (when.kind) {
    case 'condition':
      return text(when.condition);
    case 'share':
      return text(when.share);
    case 'category':
      return when.values.join(' or ');
    case 'otherwise':
      return 'otherwise';
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
