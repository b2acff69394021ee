import {
  type Activity,
  type Attribute,
  type Branch,
  byId,
  categoryShares,
  type Choose,
  type Cohort,
  type Expression,
  type Model,
  NUMBER,
  type Pathway,
  replaceActivities,
  sayShare,
  titleOf,
  underAssumptions,
} from '@pathway/model';
import type { PathwayGraph } from '../graph/graph.js';
import type { LaneChoice } from '../graph/lanes.js';
import { graphWithSpans, type SpannedGraph } from '../graph/pathway-graph.js';
import { type Wording, wordingOf } from '../graph/wording.js';
import { type DrawingWords, ENGLISH } from '../graph/words.js';
import { withUsedLanes } from './cut-sheet.js';
import {
  cohortsOf,
  groupText,
  type PatientGroup,
  possibleValues,
  shareOfGroup,
  type Truth,
  truthFor,
} from './patient-group.js';

/**
 * The way of one group of patients through a pathway: branches that none of them takes are left out, questions with one
 * answer too; shares and times are theirs. Below stands how many they are and what was left out.
 * @throws RangeError when the model has no pathway with that id
 */
export function journeyGraph(
  model: Model,
  pathwayId: string,
  group: PatientGroup,
  lanes: LaneChoice = 'organisation',
  words: DrawingWords = ENGLISH,
): PathwayGraph {
  return journeyOf(model, pathwayId, group, lanes, words).graph;
}

/** As `journeyGraph`, with the activities that are left and the places of their nodes. */
export function journeyOf(
  model: Model,
  pathwayId: string,
  group: PatientGroup,
  lanes: LaneChoice = 'organisation',
  words: DrawingWords = ENGLISH,
): SpannedGraph & { readonly body: readonly Activity[] } {
  const pathway = byId(model.pathways, pathwayId);
  if (pathway === undefined) return { ...graphWithSpans(model, pathwayId, lanes, words), body: [] };
  const pruner = new Pruner(model, group, pathwayId, words);
  const pruned = pruner.pathway(pathway);
  const theirs: Model = {
    ...model,
    cohorts: model.cohorts.map((cohort) => pruner.cohort(cohort)),
    pathways: model.pathways.map((each) => (each === pathway ? pruned : each)),
  };
  const { graph, spans } = reachable(graphWithSpans(theirs, pathwayId, lanes, words));
  const { say } = words;
  const text = groupText(group, words);
  const theirGraph = {
    ...graph,
    title: `${graph.title}: ${text}`,
    description: `${say`The way of patients with ${text}.`} ${graph.description}`,
    remarks: [say`Patients with ${text}.`, ...sharesOf(model, pathway, group, words), ...pruner.leftOut],
  };
  return { graph: theirGraph, spans, body: pruned.body };
}

function sharesOf(model: Model, pathway: Pathway, group: PatientGroup, words: DrawingWords): readonly string[] {
  const { say } = words;
  return cohortsOf(model, pathway.id).map((cohort) => {
    const share = shareOfGroup(group, cohort, model);
    const title = titleOf(cohort);
    if (share === 0) return say`${title}: nobody is in this group.`;
    return share === undefined
      ? say`${title}: how many are in this group does not follow from the text.`
      : say`${title}: ${sayShare(words, share)} are in this group.`;
  });
}

class Pruner {
  readonly leftOut: string[] = [];
  readonly #wording: Wording;
  readonly #possible = new Map<string, ReadonlySet<string> | undefined>();

  constructor(
    private readonly model: Model,
    private readonly group: PatientGroup,
    pathwayId: string,
    private readonly words: DrawingWords,
  ) {
    this.#wording = wordingOf(model, words);
    for (const cohort of cohortsOf(model, pathwayId)) {
      if (shareOfGroup(group, cohort, model) === 0) continue;
      for (const attribute of cohort.attributes) {
        const values = possibleValues(group, attribute, cohort);
        const before = this.#possible.get(attribute.name);
        if (!this.#possible.has(attribute.name)) this.#possible.set(attribute.name, values);
        else
          this.#possible.set(
            attribute.name,
            values === undefined || before === undefined ? undefined : new Set([...before, ...values]),
          );
      }
    }
  }

  /** The pathway without what nobody of the group does, and without cohorts of which nobody is in it. */
  pathway(pathway: Pathway): Pathway {
    const cohorts = pathway.cohorts.filter(({ cohort: id }) => {
      const cohort = byId(this.model.cohorts, id);
      return cohort === undefined || shareOfGroup(this.group, cohort, this.model) !== 0;
    });
    return { ...pathway, cohorts, body: replaceActivities(pathway.body, (activity) => this.#pruned(activity)) };
  }

  /** A cohort of whom all are in the group: categories and ranges are what is asked for. */
  cohort(cohort: Cohort): Cohort {
    return { ...cohort, attributes: cohort.attributes.map((attribute) => this.#attribute(attribute, cohort)) };
  }

  #attribute(attribute: Attribute, cohort: Cohort): Attribute {
    const range = this.group.ranges.get(attribute.name);
    const value = underAssumptions(attribute.value, this.#certain());
    if (range !== undefined && value.kind === 'distribution') {
      const limit = (number: number): Expression => ({ kind: 'number', value: number, dimension: value.dimension });
      return {
        ...attribute,
        value: {
          ...value,
          ...(range.low > -Infinity && { from: limit(range.low) }),
          ...(range.high < Infinity && { to: limit(range.high) }),
        },
      };
    }
    const possible = possibleValues(this.group, attribute, cohort);
    if (possible === undefined || value.kind !== 'one of') return { ...attribute, value };
    const shares = categoryShares(value, this.model).filter((each) => possible.has(each.value));
    const sum = shares.reduce((total, { share }) => total + share, 0);
    if (sum === 0) return attribute;
    const options = shares.map((each) => ({
      ...value.options.find((option) => option.value === each.value),
      value: each.value,
      share: { kind: 'number', value: each.share / sum, dimension: NUMBER, unit: '%' } as const,
    }));
    return { ...attribute, categories: [...possible], value: { ...value, options } };
  }

  #certain(): ReadonlyMap<string, string> {
    return new Map(
      [...this.#possible].flatMap(([name, values]) => {
        const [only] = values ?? [];
        return values?.size === 1 && only !== undefined ? [[name, only] as const] : [];
      }),
    );
  }

  #truth(condition: Expression): Truth {
    return truthFor(condition, this.group, this.model, (name) => this.#possible.get(name));
  }

  #pruned(activity: Activity): readonly Activity[] {
    if (activity.kind === 'choose') return this.#choose(activity);
    if (activity.kind !== 'step' && activity.kind !== 'hold') return [activity];
    const truth = activity.when === undefined ? 'always' : this.#truth(activity.when);
    if (truth === 'never') {
      this.leftOut.push(this.words.say`Left out: ${activity.title ?? activity.name}.`);
      // What a hold is not asked for, its body is not done either.
      return [];
    }
    const { when: _, ...rest } = activity;
    const kept = truth === 'always' ? rest : activity;
    if (kept.kind !== 'step' || kept.takes === undefined) return [kept];
    return [{ ...kept, takes: underAssumptions(kept.takes, this.#certain()) }];
  }

  #choose(choose: Choose): readonly Activity[] {
    const kept = this.#branches(choose);
    if (kept.length === choose.branches.length) return [choose];
    const gone = choose.branches.filter((branch) => !kept.some(({ origin }) => origin === branch.origin));
    const names = gone.map((branch) => this.#wording.branchLabel(choose, branch).replaceAll('\u00a0', ' '));
    this.leftOut.push(this.words.say`Not taken at “${this.#wording.question(choose)}”: ${names.join(', ')}.`);
    const [only, ...others] = kept;
    if (only === undefined) return [];
    return others.length === 0 ? only.body : [{ ...choose, branches: kept }];
  }

  /** The branches that somebody of the group may take, in order. */
  #branches(choose: Choose): readonly Branch[] {
    if (choose.by === 'shares') return choose.branches;
    if (choose.by === 'attribute') {
      const possible = this.#possible.get(choose.attribute ?? '');
      if (possible === undefined) return choose.branches;
      const named = new Set(choose.branches.flatMap(({ when }) => (when.kind === 'category' ? when.values : [])));
      return choose.branches.filter(({ when }) =>
        when.kind === 'category'
          ? when.values.some((value) => possible.has(value))
          : [...possible].some((value) => !named.has(value)),
      );
    }
    const kept: Branch[] = [];
    for (const branch of choose.branches) {
      const { when } = branch;
      const truth = when.kind === 'condition' ? this.#truth(when.condition) : 'sometimes';
      if (truth === 'never') continue;
      kept.push(truth === 'always' ? { ...branch, when: { kind: 'otherwise' } } : branch);
      if (truth === 'always') break;
    }
    return kept;
  }
}

/** The graph without what no start leads to any more. */
function reachable({ graph, spans }: SpannedGraph): SpannedGraph {
  const starts = graph.nodes.filter(({ kind }) => kind === 'start').map(({ id }) => id);
  const seen = new Set(starts);
  const leaving = new Map<string, string[]>();
  for (const { from, to } of graph.edges) leaving.set(from, [...(leaving.get(from) ?? []), to]);
  for (const id of seen) for (const next of leaving.get(id) ?? []) seen.add(next);
  if (graph.nodes.every(({ id }) => seen.has(id))) return { graph, spans };
  const nodes = graph.nodes.filter(({ id }) => seen.has(id));
  const keptBefore = [0];
  for (const { id } of graph.nodes) keptBefore.push((keptBefore.at(-1) ?? 0) + (seen.has(id) ? 1 : 0));
  return {
    graph: {
      ...graph,
      ...withUsedLanes(graph, nodes),
      edges: graph.edges.filter(({ from, to }) => seen.has(from) && seen.has(to)),
      holds: graph.holds.filter(({ id }) => nodes.some(({ holds }) => holds.includes(id))),
    },
    spans: new Map(
      [...spans].map(([id, [first, end]]) => [id, [keptBefore[first] ?? 0, keptBefore[end] ?? 0]] as const),
    ),
  };
}
