import { type DrawingWords, ENGLISH } from './words.js';
import {
  categoryShares,
  constantValue,
  distributionMean,
  expressionText,
  meanOfExpression,
  formatNumber,
  ModelError,
  resolveDistribution,
  formatClock,
  sayDuration,
  sayInterval,
  sayShare,
  titleOf,
  type Activity,
  type Attribute,
  type Branch,
  type Choose,
  type Expression,
  type Gather,
  type Hold,
  type Model,
  type Need,
  type NeedTarget,
  type Repeat,
  type Step,
  type Wait,
  WEEKDAYS,
} from '@pathway/model';

/** Keeps a number and its unit on one line. */
const NO_BREAK = '\u00a0';

/** The words of a drawing: how needs, durations, shares and conditions of a model read on it. */
export interface Wording {
  needs(needs: readonly Need[], policy?: Hold['policy']): string;
  /**
   * The usual duration: a constant, or the mean of a distribution; the expression itself where neither is known.
   * @param of id of the step or block that takes it
   */
  duration(expression: Expression, of?: string): string;
  /** `2 × Paramedic · 28 min`, then time target and other lines. */
  stepNotes(step: Step, titleOfActivity: (id: string) => string): readonly string[];
  question(choose: Choose): string;
  branchLabel(choose: Choose, branch: Branch): string;
  repeatLabel(repeat: Repeat): string;
  /** On the way out of a repeat that asks after every round. */
  repeatExit(repeat: Repeat): string;
  waitLabel(atMost: Expression): string;
  /** `until 8 are there or 30 min have passed`. */
  gathering(gather: Gather): string;
  /** `3 d`, `until 08:00 on Mon`. */
  waiting(wait: Wait): string;
  resourceName(id: string): string;
  target(of: NeedTarget): string;
  /** What an activity without title and name is called. */
  kind(kind: Activity['kind']): string;
}

/** The words for the elements of one model. */
export function wordingOf(model: Model, words: DrawingWords = ENGLISH): Wording {
  const { say } = words;
  const lasting = (seconds: number): string => durationIn(words, seconds);
  const formatShare = (value: number): string => sayShare(words, value);
  const titles = new Map(
    [...model.organisations, ...model.skills, ...model.roles, ...model.resources, ...model.pathways].map(
      (declaration) => [declaration.id, titleOf(declaration)] as const,
    ),
  );
  const name = (id: string): string => titles.get(id) ?? id;

  const target = (of: NeedTarget): string => {
    if (of.kind === 'resource') return name(of.resource);
    const from = of.from === undefined ? '' : ` (${name(of.from)})`;
    if (of.kind === 'role') return name(of.role) + from;
    return say`anyone with ${`${name(of.skill)}${of.level === undefined ? '' : ` (${of.level})`}${from}`}`;
  };
  const count = (expression: Expression, of?: string): string => {
    const value = constantValue(expression, model);
    return value === undefined ? expressionText(expression, { of }) : words.digits(formatNumber(value));
  };
  const need = (each: Need, keep: (text: string) => string): string => {
    const amount = count(each.amount);
    const what = alternatives(words, each.of.map(target));
    return amount === '1' ? keep(what) : `${amount}${NO_BREAK}×${NO_BREAK}${keep(what)}`;
  };
  const share = (expression: Expression, of?: string): string => {
    const value = constantValue(expression, model);
    return value === undefined ? expressionText(expression, { of }) : formatShare(value);
  };
  const duration = (expression: Expression, of?: string): string => {
    const usual = usualValue(expression, model);
    if (usual !== undefined) return lasting(usual);
    const means = meansByCohort(expression, model).map((mean) => lasting(mean));
    const [shortest, longest] = [means[0], means.at(-1)];
    if (shortest !== undefined && longest !== undefined) {
      return shortest === longest ? shortest : say`${shortest} to ${longest}, by patient`;
    }
    return expression.kind === 'cases' ? say`time by ${expression.attribute}` : expressionText(expression, { of });
  };

  return {
    resourceName: name,
    target,
    kind: (kind) => kindText(words, kind),
    duration,
    needs(needs, policy = 'all') {
      const listed = needs.map((each) => need(each, (text) => text));
      if (policy === 'all') return listed.join(', ');
      return policy === 'first free'
        ? say`first free of ${listed.join(', ')}`
        : say`least busy of ${listed.join(', ')}`;
    },
    stepNotes(step, titleOfActivity) {
      const parts = step.needs.map((each) => need(each, keepTogether));
      if (step.takes !== undefined) parts.push(duration(step.takes, step.id));
      if (step.remote) parts.push(say`remote`);
      const notes = parts.length === 0 ? [] : [parts.join(' · ')];
      const manners = mannersOf(step, words);
      if (manners !== '') notes.push(manners);
      if (step.within !== undefined) {
        const since = step.within.of === 'arrival' ? say`arrival` : titleOfActivity(step.within.of);
        notes.push(say`within ${duration(step.within.limit)} of ${since}`);
      }
      return notes;
    },
    question(choose) {
      if (choose.title !== undefined) return choose.title;
      if (choose.by === 'attribute' && choose.attribute !== undefined) {
        return say`By ${attributeTitle(model, choose.attribute)}?`;
      }
      const condition = soleCondition(choose);
      if (condition !== undefined) return `${expressionText(condition, { of: choose.id })}?`;
      return say`Which way?`;
    },
    branchLabel(choose, branch) {
      if (choose.title === undefined && soleCondition(choose) !== undefined) {
        return branch.when.kind === 'otherwise' ? say`no` : say`yes`;
      }
      if (branch.when.kind === 'share') return withShare(branch.label, share(branch.when.share, choose.id));
      const fraction = shareOfBranch(model, choose, branch);
      const unnamed = branch.when.kind === 'otherwise' && branch.label === 'otherwise';
      const label = unnamed
        ? (soleRemainder(model, choose) ?? say`otherwise`)
        : calledByTitles(model, words, choose, branch);
      return fraction === undefined ? label : withShare(label, formatShare(fraction));
    },
    repeatLabel(repeat) {
      const parts: string[] = [];
      if (repeat.again !== undefined) parts.push(say`again ${share(repeat.again, repeat.id)}`);
      if (repeat.times !== undefined) parts.push(say`${count(repeat.times)} times`);
      if (repeat.atMost !== undefined) parts.push(say`at most ${count(repeat.atMost)} times`);
      if (repeat.every !== undefined) parts.push(say`every ${duration(repeat.every)}`);
      return parts.length === 0 ? say`again` : parts.join(', ');
    },
    repeatExit(repeat) {
      if (repeat.until !== undefined)
        return repeat.title === undefined ? say`yes` : expressionText(repeat.until, { of: repeat.id });
      const again = repeat.again === undefined ? undefined : constantValue(repeat.again, model);
      return again === undefined ? '' : formatShare(1 - again);
    },
    waitLabel: (atMost) => say`waited ${duration(atMost)}`,
    gathering(gather) {
      const parts: string[] = [];
      if (gather.size !== undefined) parts.push(say`until ${count(gather.size)} are there`);
      if (gather.after !== undefined) parts.push(say`${duration(gather.after)} after the first`);
      if (gather.every !== undefined) parts.push(say`every ${duration(gather.every)}`);
      if (gather.atMost !== undefined) parts.push(say`${count(gather.atMost)} at most`);
      return gather.size === undefined ? parts.join(', ') : alternatives(words, parts);
    },
    waiting({ id, duration: lasts, until }) {
      if (lasts !== undefined) return duration(lasts, id);
      if (until === undefined) return '';
      const time = formatClock(until.at);
      if (until.days === undefined) return say`until ${time}`;
      const days = until.days.map((day) => words.weekdays[WEEKDAYS.indexOf(day)] ?? day);
      return say`until ${time} on ${days.join(', ')}`;
    },
  };
}

/** A duration in the unit that reads best, kept on one line. */
export function durationIn(words: Pick<DrawingWords, 'say' | 'digits'>, seconds: number): string {
  return sayDuration(words, seconds).replace(' ', NO_BREAK);
}

/** A mean time with half of its confidence interval, both in one unit, kept on one line. */
export function intervalIn(words: Pick<DrawingWords, 'say' | 'digits'>, mean: number, halfWidth: number): string {
  return sayInterval(words, mean, halfWidth).replaceAll(' ', NO_BREAK);
}

/** `A or B`. */
export function alternatives({ say }: Pick<DrawingWords, 'say'>, texts: readonly string[]): string {
  return texts.reduce((list, text, i) => (i === 0 ? text : say`${list} or ${text}`), '');
}

/** How the work of a step gives way, in a few words. */
function mannersOf(step: Step, { say }: DrawingWords): string {
  const parts: string[] = [];
  if (step.preempts === true) parts.push(say`pre-empts`);
  if (step.interruption === 'resumes') parts.push(say`interruptible, resumes`);
  if (step.interruption === 'restarts') parts.push(say`interruptible, restarts`);
  if (step.interruption === 'leaves') parts.push(say`interruptible, then left`);
  if (step.fitsShift === true) parts.push(say`fits the shift`);
  if (step.handedOver === true) parts.push(say`may be handed over`);
  return parts.join(' · ');
}

/** The title of an activity, its name, or what it is where it has neither. */
export function activityTitle(activity: Activity, wording: Wording): string {
  switch (activity.kind) {
    case 'step':
    case 'hold':
    case 'choose':
    case 'together':
    case 'race':
    case 'gather':
    case 'repeat':
    case 'wait':
      return activity.title ?? activity.name ?? wording.kind(activity.kind);
    case 'call':
      return wording.resourceName(activity.pathway);
    case 'finish':
      return activity.title ?? activity.outcome;
    case 'set':
    case 'release':
    case 'go to':
      return wording.kind(activity.kind);
  }
}

function kindText({ say }: DrawingWords, kind: Activity['kind']): string {
  switch (kind) {
    case 'step':
      return say`Step`;
    case 'hold':
      return say`Keep`;
    case 'choose':
      return say`Choice`;
    case 'together':
      return say`All at once`;
    case 'race':
      return say`The first to end`;
    case 'gather':
      return say`Gather`;
    case 'repeat':
      return say`Repeat`;
    case 'wait':
      return say`Wait`;
    case 'call':
      return say`Pathway`;
    case 'finish':
      return say`End`;
    case 'set':
      return say`Note`;
    case 'release':
      return say`Give back`;
    case 'go to':
      return say`Go to`;
  }
}

function soleCondition(choose: Choose): Expression | undefined {
  if (choose.by !== 'condition' || choose.branches.length > 2) return undefined;
  const conditions = choose.branches.flatMap((branch) =>
    branch.when.kind === 'condition' ? [branch.when.condition] : [],
  );
  return conditions.length === 1 ? conditions[0] : undefined;
}

/** `Grade 4 or 5 (25%)`: in brackets, since a number beside it would read as one more of those in the label. */
function withShare(label: string, share: string): string {
  if (label.includes(share)) return label;
  return label === '' || /^[\d.]+ ?%$/u.test(label) ? share : `${label} (${share})`;
}

/** The label of a branch without the share that stands in brackets behind it, or alone. */
export function withoutShare(label: string): string {
  return label.replace(/(?:^| \()[\d.,]+\s?%(?:$|\)$)/u, '');
}

/** The fraction of patients that take a branch, where constants alone tell it. */
function shareOfBranch(model: Model, choose: Choose, branch: Branch): number | undefined {
  if (choose.by === 'shares') return remainder(choose, (other) => shareValue(model, other));
  if (choose.by !== 'attribute' || choose.attribute === undefined) return undefined;
  const shares = sharesOfAttribute(model, choose.attribute);
  if (shares === undefined) return undefined;
  const of = (other: Branch): number | undefined => {
    if (other.when.kind !== 'category') return 0;
    return other.when.values.reduce((sum, value) => sum + (shares.get(value) ?? 0), 0);
  };
  return branch.when.kind === 'otherwise' ? remainder(choose, of) : of(branch);
}

function shareValue(model: Model, branch: Branch): number | undefined {
  return branch.when.kind === 'share' ? constantValue(branch.when.share, model) : 0;
}

function remainder(choose: Choose, of: (branch: Branch) => number | undefined): number | undefined {
  let rest = 1;
  for (const branch of choose.branches) {
    const share = of(branch);
    if (share === undefined) return undefined;
    rest -= share;
  }
  return rest < -1e-9 ? undefined : Math.max(0, rest);
}

/** Shares of an attribute's categories, when exactly one cohort declares it by shares that add up. */
function sharesOfAttribute(model: Model, attribute: string): ReadonlyMap<string, number> | undefined {
  const declared = model.cohorts.flatMap((cohort) => cohort.attributes.filter((each) => each.name === attribute));
  const value = declared[0]?.value;
  if (declared.length !== 1 || value?.kind !== 'one of') return undefined;
  const shares = unlessRefused(() => categoryShares(value, model));
  return shares && new Map(shares.map((each) => [each.value, each.share] as const));
}

/** Short names stay on one line, so that a note breaks between its parts. */
function keepTogether(text: string): string {
  return text.length <= 22 ? text.replaceAll(' ', NO_BREAK) : text;
}

/** What `otherwise` stands for, when a single category is left for it. */
function soleRemainder(model: Model, choose: Choose): string | undefined {
  const declared = model.cohorts
    .flatMap((cohort) => cohort.attributes)
    .filter((each) => each.name === choose.attribute);
  const named = new Set(
    choose.branches.flatMap((branch) => (branch.when.kind === 'category' ? branch.when.values : [])),
  );
  const left = [...new Set(declared.flatMap((each) => each.categories))].filter((category) => !named.has(category));
  const [only] = left;
  return choose.by !== 'attribute' || only === undefined || left.length > 1
    ? undefined
    : (categoryTitle(declared, only) ?? only);
}

/** The label of a branch; categories that stand in it by name are called what another cohort's attribute calls them. */
function calledByTitles(model: Model, words: DrawingWords, { attribute }: Choose, { label, when }: Branch): string {
  if (when.kind !== 'category' || label !== when.values.join(' or ')) return label;
  const declared = model.cohorts.flatMap(({ attributes }) => attributes.filter(({ name }) => name === attribute));
  return alternatives(
    words,
    when.values.map((value) => categoryTitle(declared, value) ?? value),
  );
}

/** What readers call a category: the first title that an attribute of that name gives it. */
function categoryTitle(declared: readonly Attribute[], category: string): string | undefined {
  const options = declared.flatMap(({ value }) => (value.kind === 'one of' ? value.options : []));
  return options.find(({ value, title }) => value === category && title !== undefined)?.title;
}

function attributeTitle(model: Model, name: string): string {
  const attribute = model.cohorts.flatMap((cohort) => cohort.attributes).find((each) => each.name === name);
  return attribute?.title ?? name;
}

/** A constant, or the mean of a distribution with constant parameters; canonical units. */
function usualValue(expression: Expression, model: Model): number | undefined {
  const constant = constantValue(expression, model);
  if (constant !== undefined || expression.kind !== 'distribution') return constant;
  return unlessRefused(() => distributionMean(resolveDistribution(expression, model)));
}

/** A value that only decorates the drawing: where the model is refused for it, its text is shown instead. */
function unlessRefused<Value>(compute: () => Value): Value | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

/** Mean of a time for each cohort that has what it depends on, shortest first. */
function meansByCohort(expression: Expression, model: Model): readonly number[] {
  const means = model.cohorts.map(({ attributes }) => meanOfExpression(expression, model, { attributes }).value);
  return means.filter((mean) => mean !== undefined).sort((a, b) => a - b);
}
