import type { Choose, Expression } from '@pathway/model';
import type { GraphWriter, Place } from './graph.js';

/** Those who come to a choice go the ways of its branches, and on behind it if the shares leave somebody. */
export function choose(graph: GraphWriter, choose: Choose, node: number, next: number, place: Place): void {
  const shares = branchShares(graph, choose);
  let sum = 0;
  choose.branches.forEach((branch, i) => {
    const share = shares[i] ?? 0;
    sum += share;
    graph.both(node, graph.body(branch.body, next, place), share);
  });
  graph.both(node, next, sum < 1 - 1e-12 ? 1 - sum : 0);
}

function branchShares(graph: GraphWriter, choose: Choose): number[] {
  const rest = choose.branches.findIndex(({ when }) => when.kind === 'otherwise');
  const fill = (shares: number[]): number[] => {
    const sum = shares.reduce((total, share) => total + share, 0);
    if (rest !== -1) return shares.map((share, i) => (i === rest ? Math.max(0, 1 - sum) : share));
    // Shares rounded in the text are taken in proportion.
    return choose.by === 'shares' && Math.abs(sum - 1) <= 0.005 ? shares.map((share) => share / sum) : shares;
  };
  if (choose.by === 'attribute') {
    const value = graph.kind.values.get(choose.attribute ?? '');
    if (value === undefined) {
      graph.limit(
        choose.id,
        `The shares of ${choose.attribute ?? 'its attribute'} do not follow from the text; all go the last way.`,
      );
      return choose.branches.map((_, i) => Number(i === choose.branches.length - 1));
    }
    return fill(choose.branches.map(({ when }) => Number(when.kind === 'category' && when.values.includes(value))));
  }
  if (choose.by === 'shares') {
    return fill(choose.branches.map(({ when }) => (when.kind === 'share' ? share(graph, when.share, choose) : 0)));
  }
  return fill(firstTrue(graph, choose));
}

function share(graph: GraphWriter, expression: Expression, choose: Choose): number {
  const share = graph.probability(expression);
  if (share === undefined) graph.limit(choose.id, 'A share does not follow from the text; nobody is counted there.');
  return share ?? 0;
}

/** Shares of the branches of which the first true one is taken: P(one of the first k is true), differences. */
function firstTrue(graph: GraphWriter, choose: Choose): number[] {
  let before: Expression | undefined;
  let taken = 0;
  return choose.branches.map(({ when }) => {
    if (when.kind !== 'condition') return 0;
    const any: Expression =
      before === undefined ? when.condition : { kind: 'binary', operator: 'or', left: before, right: when.condition };
    const probability = graph.probability(any) ?? onlyOpen(graph, before, when.condition, taken);
    if (probability === undefined) {
      graph.limit(choose.id, 'How often a condition holds does not follow from the text; nobody is counted there.');
      return 0;
    }
    const share = Math.max(0, probability - taken);
    taken = Math.max(taken, probability);
    before = any;
    return share;
  });
}

/** P(before or now) where one of them is certain. */
function onlyOpen(
  graph: GraphWriter,
  before: Expression | undefined,
  now: Expression,
  taken: number,
): number | undefined {
  if (before === undefined) return undefined;
  if (taken === 0 || taken === 1) {
    return taken === 1 ? 1 : graph.probability(now);
  }
  const probability = graph.probability(now);
  return probability === 1 ? 1 : probability === 0 ? taken : undefined;
}
