import { type Activity, byId, type Model } from '@pathway/model';
import type { GraphNode, PathwayGraph, Sheet } from '../graph/graph.js';
import type { LaneChoice } from '../graph/lanes.js';
import { nodeName, splitLongWays } from '../graph/long-ways.js';
import { graphWithSpans, type SpannedGraph } from '../graph/pathway-graph.js';
import { activityTitle, type Wording, wordingOf } from '../graph/wording.js';
import { type DrawingWords, ENGLISH } from '../graph/words.js';
import { layOutBlocks } from '../layout/blocks/block-layout.js';
import type { Direction, Layout } from '../layout/layout.js';
import { LEAST_PIXELS, LEAST_POINTS, type Legibility, legibilityOf, smallestText } from '../legibility.js';
import { cutSheet, type Folded } from './cut-sheet.js';
import { measureQuality } from '../quality.js';
import { journeyOf } from './journey.js';
import { type LoadFigures, withLoad } from './load.js';
import type { PatientGroup } from './patient-group.js';
import { MOST_ON_OVERVIEW, MOST_ON_SHEET, spanOf, type Spans, type Stage, stagesOf } from './stages.js';

/** How many nodes a sheet with stages may have, tried one after another until its texts can be read. */
const BUDGETS: readonly number[] = [MOST_ON_OVERVIEW, 8, 7, 6, 5, 4, 3];
/** So many organisations of a stage, and so many resources that it keeps, are named. */
const MOST_NAMED = 3;
/** On a sheet of so few stages there is room to say what is done in each, where it is no more than so many things. */
const FEW_STAGES = 3;
const MOST_DONE = 6;
/** Longer titles of stages do not stand beside a circle. */
const LONGEST_TITLE = 36;

/**
 * A pathway in stages: first a drawing of about nine nodes, then a sheet for each stage, and where that is large the
 * sheets of its own stages after it. A pathway that is small enough is one sheet without stages.
 * @throws RangeError when the model has no pathway with that id
 */
export function overviewSheets(
  model: Model,
  pathwayId: string,
  lanes: LaneChoice = 'organisation',
  words?: DrawingWords,
): readonly Sheet[] {
  return new Overview(staged(model, pathwayId, lanes, words), words).sheets();
}

/**
 * The journey of a group in stages, as `overviewSheets`.
 * @throws RangeError when the model has no pathway with that id
 */
export function journeySheets(
  model: Model,
  pathwayId: string,
  group: PatientGroup,
  lanes: LaneChoice = 'organisation',
  words?: DrawingWords,
): readonly Sheet[] {
  return new Overview({ model, id: pathwayId, ...journeyOf(model, pathwayId, group, lanes, words) }, words).sheets();
}

/**
 * A pathway with what a simulation found in stages, as `overviewSheets`; a stage has the colour of its fullest place.
 * @throws RangeError when the model has no pathway with that id
 */
export function loadSheets(
  model: Model,
  pathwayId: string,
  figures: LoadFigures,
  lanes: LaneChoice = 'organisation',
  words?: DrawingWords,
): readonly Sheet[] {
  const whole = staged(model, pathwayId, lanes, words);
  const graph = withLoad(whole.graph, model, pathwayId, figures, words);
  return new Overview({ ...whole, graph }, words).sheets();
}

/** A graph to be drawn in stages, and the activities that it shows. */
interface Staged extends SpannedGraph {
  readonly model: Model;
  readonly id: string;
  readonly body: readonly Activity[];
}

function staged(model: Model, id: string, lanes: LaneChoice, words?: DrawingWords): Staged {
  return { model, id, ...graphWithSpans(model, id, lanes, words), body: byId(model.pathways, id)?.body ?? [] };
}

/** Whether a pathway is large enough to be drawn in stages. @throws RangeError when the model has no pathway with that id */
export function hasStages(model: Model, pathwayId: string): boolean {
  return new Overview(staged(model, pathwayId, 'organisation')).isParted();
}

/** A sheet to be made: what it shows, and what is folded on it. */
interface Planned {
  readonly id: string;
  /** `2.1`, as it stands before its title; empty for the first sheet. */
  readonly number: string;
  readonly title: string;
  readonly first: number;
  readonly end: number;
  /** Filled while sheets are planned, from the first one inwards. */
  stages: readonly PlannedStage[];
  readonly parent?: Planned;
}

type PlannedStage = Stage & { readonly plan: Planned };

class Overview {
  readonly #graph: PathwayGraph;
  readonly #spans: Spans;
  readonly #wording: Wording;
  readonly #words: DrawingWords;
  readonly #body: readonly Activity[];
  readonly #first: Planned;

  constructor({ model, id, graph, spans, body }: Staged, words: DrawingWords = ENGLISH) {
    this.#graph = graph;
    this.#spans = spans;
    this.#wording = wordingOf(model, words);
    this.#words = words;
    this.#body = body;
    const end = graph.nodes.length;
    this.#first = { id: `${id}-stages`, number: '', title: graph.title, first: 0, end, stages: [] };
  }

  isParted(): boolean {
    this.#part(this.#first, this.#body);
    return this.#first.stages.length > 0;
  }

  sheets(): readonly Sheet[] {
    const first = this.#first;
    this.#partAll(first, this.#body);
    const sheets: Sheet[] = [];
    const add = (plan: Planned): void => {
      // Beside the pathway itself, its stages need a name of their own.
      const isOverview = plan === first && plan.stages.length > 0;
      const title = isOverview ? this.#words.say`${plan.title}: stages` : headingOf(plan);
      sheets.push({ id: plan.id, title, graph: this.#drawInFull(plan) });
      for (const stage of plan.stages) add(stage.plan);
    };
    add(first);
    return sheets;
  }

  /** Parts a sheet, and what is parted from it. */
  #partAll(plan: Planned, run: readonly Activity[]): void {
    this.#part(plan, run);
    for (const stage of plan.stages) this.#partAll(stage.plan, stage.run);
  }

  /** Parts a sheet so that it can be read, where it cannot as it is; the first has stages wherever it is large. */
  #part(plan: Planned, run: readonly Activity[]): void {
    const whole = this.#readability(plan);
    const isSmall = plan.end - plan.first <= (plan.parent === undefined ? MOST_ON_OVERVIEW : MOST_ON_SHEET);
    if (isSmall && whole >= 1) return;
    let best: { readonly stages: readonly PlannedStage[]; readonly readability: number } | undefined;
    const tried = new Set<string>();
    for (const budget of BUDGETS) {
      const stages = this.#stages(plan, run, budget);
      const parting = stages.map(({ first, end }) => `${first} ${end}`).join(', ');
      if (stages.length === 0 || tried.has(parting)) continue;
      tried.add(parting);
      plan.stages = stages;
      const readability = this.#readability(plan);
      if (readability > (best?.readability ?? 0)) best = { stages: plan.stages, readability };
      if (readability >= 1) break;
    }
    plan.stages = best === undefined || (isSmall && best.readability <= whole) ? [] : best.stages;
  }

  #stages(plan: Planned, run: readonly Activity[], budget: number): readonly PlannedStage[] {
    const { id, number, parent } = plan;
    const stages = stagesOf(run, this.#spans, (before, after) => this.#changesHands(before, after), budget);
    return stages.map((stage, place) => ({
      ...stage,
      plan: {
        id: parent === undefined ? `${id.slice(0, -1)}-${place + 1}` : `${id}-${place + 1}`,
        number: number === '' ? `${place + 1}` : `${number}.${place + 1}`,
        title: this.#titleOf(stage),
        first: stage.first,
        end: stage.end,
        stages: [],
        parent: plan,
      },
    }));
  }

  /** From 1 on, the texts of a sheet are large enough on A4, and on a projector in one of the two directions. */
  #readability(plan: Planned): number {
    const drawn = this.#draw(plan);
    const inDirection = (direction: Direction): Legibility => {
      const layout = this.#laidOut(drawn, direction);
      return legibilityOf(layout, smallestText(layout));
    };
    const { a4, projector } = inDirection('down');
    const onPaper = a4 / LEAST_POINTS;
    const projected = projector / LEAST_PIXELS;
    if (onPaper < 1 || projected >= 1) return Math.min(onPaper, projected);
    return Math.min(onPaper, Math.max(projected, inDirection('right').projector / LEAST_PIXELS));
  }

  /** The first sheet says what is inside of its stages, where these are few and all is as easy to read as without. */
  #drawInFull(plan: Planned): PathwayGraph {
    const brief = this.#draw(plan);
    if (plan !== this.#first || plan.stages.length === 0 || plan.stages.length > FEW_STAGES) return brief;
    const full = this.#draw(plan, true);
    const [before, after] = [this.#laidOut(brief), this.#laidOut(full)];
    const { a4, projector } = legibilityOf(after, smallestText(after));
    const isAsEasy = measureQuality(after).partedWords <= measureQuality(before).partedWords;
    return isAsEasy && a4 >= LEAST_POINTS && projector >= LEAST_PIXELS ? full : brief;
  }

  #laidOut(sheet: PathwayGraph, direction: Direction = 'down'): Layout {
    return layOutBlocks(splitLongWays(sheet, this.#words), direction);
  }

  #draw(plan: Planned, inFull = false): PathwayGraph {
    const folded = plan.stages.map((stage): Folded => ({
      sheet: stage.plan.id,
      title: headingOf(stage.plan),
      notes: this.#notesOf(stage, inFull),
      first: stage.first,
      end: stage.end,
    }));
    return cutSheet(
      this.#graph,
      { first: plan.first, end: plan.end, seenAs: (place) => this.#seenFrom(plan, place) },
      folded,
      {
        title: plan.number === '' ? plan.title : `${rootOf(plan).title}: ${headingOf(plan)}`,
        description: plan.number === '' ? this.#graph.description : this.#words.say`Stage ${headingOf(plan)}.`,
      },
      this.#words,
    );
  }

  /** What is outside of a sheet is called by the stage of the nearest sheet around both that it is in. */
  #seenFrom(plan: Planned, place: number): { readonly key: string; readonly title: string; readonly sheet: string } {
    let around = plan.parent ?? plan;
    while (around.parent !== undefined && (place < around.first || place >= around.end)) around = around.parent;
    const stage = around.stages.find(({ first, end }) => place >= first && place < end);
    if (stage !== undefined) return { key: stage.plan.id, title: this.#shortHeading(stage.plan), sheet: stage.plan.id };
    const node = this.#graph.nodes[place];
    return { key: node?.id ?? '', title: this.#nameOf(node), sheet: around.id };
  }

  /** Whether the organisation that works changes between two activities. */
  #changesHands(before: Activity, after: Activity): boolean {
    const [a, b] = [spanOf([before], this.#spans), spanOf([after], this.#spans)];
    if (a === undefined || b === undefined) return true;
    return this.#graph.nodes[a[1] - 1]?.lane !== this.#graph.nodes[b[0]]?.lane;
  }

  /** The title of a block that has one, else the first and the last thing that is done. */
  #titleOf({ run, first, end }: Stage): string {
    const [only, ...others] = run.filter((activity) => spanOf([activity], this.#spans) !== undefined);
    if (only !== undefined && others.length === 0 && ('title' in only || only.kind === 'hold'))
      return only.kind === 'hold' && only.title === undefined
        ? this.#wording.needs(only.needs, only.policy)
        : activityTitle(only, this.#wording);
    const members = this.#graph.nodes.slice(first, end);
    const titled = members.filter(({ kind }) => kind === 'step' || kind === 'call');
    const [begin, last] = [titled[0] ?? members[0], titled.at(-1) ?? members.at(-1)];
    return begin === last ? this.#nameOf(begin) : `${this.#nameOf(begin)} – ${this.#nameOf(last)}`;
  }

  /** @param inFull with what is done inside, how long that takes, and what is kept meanwhile */
  #notesOf({ first, end }: Stage, inFull: boolean): readonly string[] {
    const { say } = this.#words;
    const members = this.#graph.nodes.slice(first, end);
    const steps = members.filter(({ kind }) => kind === 'step').length;
    const lanes = [...new Set(members.filter(({ kind }) => kind === 'step').map(({ lane }) => lane))];
    const names = lanes.flatMap((lane) => this.#graph.lanes[lane]?.title ?? []);
    const ends = [...new Set(members.filter(({ kind }) => kind === 'end').map(({ title }) => title))];
    return [
      ...(steps === 0 ? [] : [[counted(say, steps), ...(names.length > 1 ? [this.#listed(names)] : [])].join(' · ')]),
      ...(inFull ? this.#insideOf(members) : []),
      ...(ends.length === 0 ? [] : [say`ends here: ${this.#listed(ends)}`]),
    ];
  }

  /** A line for each thing that is done, where they are not too many, then what is kept meanwhile. */
  #insideOf(members: readonly GraphNode[]): readonly string[] {
    const { say } = this.#words;
    const done = members.filter(({ kind }) => kind === 'step' || kind === 'call');
    const ids = new Set(members.map(({ id }) => id));
    const kept = [...new Set(this.#graph.holds.filter(({ id }) => ids.has(id)).map(({ title }) => title))];
    return [
      ...(done.length > MOST_DONE ? [] : done.map((node) => this.#lineOf(node))),
      ...(kept.length === 0 ? [] : [say`Keeps ${this.#listed(kept)}`]),
    ];
  }

  #lineOf(node: GraphNode): string {
    const more = node.kind === 'call' ? this.#words.say`pathway of its own` : node.lasts;
    return [this.#nameOf(node), ...(more === undefined ? [] : [more])].join(' · ');
  }

  #listed(names: readonly string[]): string {
    const more = names.length - MOST_NAMED;
    return [...names.slice(0, MOST_NAMED), ...(more > 0 ? [this.#words.say`${more} more`] : [])].join(', ');
  }

  /** The number alone where the title is long: it stands in full on the sheet that is meant. */
  #shortHeading(plan: Planned): string {
    return plan.title.length > LONGEST_TITLE ? this.#words.say`stage ${plan.number}` : headingOf(plan);
  }

  #nameOf(node: GraphNode | undefined): string {
    return nodeName(node, this.#words);
  }
}

function counted(say: DrawingWords['say'], steps: number): string {
  return steps === 1 ? say`1 step` : say`${steps} steps`;
}

function headingOf({ number, title }: Planned): string {
  return number === '' ? title : `${number} ${title}`;
}

function rootOf(plan: Planned): Planned {
  return plan.parent === undefined ? plan : rootOf(plan.parent);
}
