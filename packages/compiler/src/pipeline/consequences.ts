import { type OfferedLoad, ScenarioFigures } from '@pathway/analysis';
import { constantValue, type Model, SECONDS, type Study, titleOf } from '@pathway/model';
import { withEarlierIds } from '@pathway/review';
import {
  compareInputs,
  compileInput,
  type Estimate,
  type ExpectationResult,
  type IndicatorUnit,
  type ReplicationExecutor,
} from '@pathway/simulation';
import { planStaffing } from '@pathway/staffing';

/** One figure in both versions. */
export interface ConsequenceRow {
  readonly about: 'indicator' | 'capacity' | 'staff hours a week' | 'staff cost a week';
  readonly title: string;
  readonly scenario: string;
  readonly unit: IndicatorUnit;
  readonly currency?: string;
  /** Null where a version has no such figure, or no limit. */
  readonly before: number | null;
  readonly after: number | null;
  /** After − before, with its 95 % interval where it was simulated. */
  readonly difference?: Estimate;
}

/** An `expect` in both versions; absent where a version does not have it. */
export interface PromiseRow {
  readonly text: string;
  readonly scenario: string;
  readonly before?: ExpectationResult['verdict'];
  readonly after?: ExpectationResult['verdict'];
}

/** What a change does to figures. */
export interface Consequences {
  readonly method: 'closed forms' | 'simulation';
  /** Pairs of replications, where it was simulated. */
  readonly replications?: number;
  readonly rows: readonly ConsequenceRow[];
  readonly promises: readonly PromiseRow[];
  /** What could not be compared, and why, in plain words. */
  readonly notes: readonly string[];
  readonly interrupted: boolean;
}

export interface ConsequenceOptions {
  /** Closed forms alone: exact where they hold, and there at once. */
  readonly fast: boolean;
  readonly replications?: number;
  readonly executor?: ReplicationExecutor;
  readonly shouldStop?: () => boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Pairs of replications where a study does not say how many. */
const USUAL_REPLICATIONS = 30;

/**
 * What a change does: both versions analysed, and unless `fast` simulated with the same patients: ids of renamed elements
 * are those of the earlier version, since random numbers are keyed by them. Studies are run as the later version says.
 * @throws ModelError or SimulationError for what cannot be computed
 */
export async function consequencesOf(before: Model, later: Model, options: ConsequenceOptions): Promise<Consequences> {
  const after = withEarlierIds(before, later);
  const shared = sharedScenarios(before, after);
  const pairs = shared.map((scenario): Pair => ({
    before: { model: before, figures: new ScenarioFigures(before, scenario) },
    after: { model: after, figures: new ScenarioFigures(after, scenario) },
    scenario,
  }));
  const standing = pairs.flatMap((pair) => [...capacityRows(pair), ...staffRows(pair)]);
  if (options.fast) {
    return {
      method: 'closed forms',
      rows: [...pairs.flatMap(formRows), ...standing],
      promises: [],
      notes: before.expectations.length + after.expectations.length > 0 ? [NO_PROMISES] : [],
      interrupted: false,
    };
  }
  const simulated = await runBoth(before, after, options);
  return { ...simulated, method: 'simulation', rows: [...simulated.rows, ...standing] };
}

interface ScenarioOf {
  readonly model: Model;
  readonly figures: ScenarioFigures;
}

/** One scenario, absent for the model as it is, in both versions. */
interface Pair {
  readonly before: ScenarioOf;
  readonly after: ScenarioOf;
  readonly scenario: string | undefined;
}

const NO_PROMISES = 'Whether each `expect` holds is told by simulation, not by closed forms.';

function sharedScenarios(before: Model, after: Model): readonly (string | undefined)[] {
  const shared = after.scenarios.filter(({ id }) => before.scenarios.some((each) => each.id === id));
  return shared.length > 0
    ? shared.map(({ id }) => id)
    : after.scenarios.length + before.scenarios.length === 0
      ? [undefined]
      : [];
}

function scenarioTitle(model: Model, id: string | undefined): string {
  const found = model.scenarios.find((each) => each.id === id);
  return found === undefined ? 'as it is' : titleOf(found);
}

function formRows({ before, after, scenario }: Pair): ConsequenceRow[] {
  if (scenario === undefined) return [];
  const earlier = before.figures.closedForms();
  return after.figures.closedForms().flatMap((form): ConsequenceRow[] => {
    const indicator = after.model.indicators.find(({ id }) => id === form.indicator);
    if (indicator === undefined) return [];
    const same = earlier.find(
      (each) => each.indicator === form.indicator && each.argument === form.argument && each.group === form.group,
    );
    return [
      {
        about: 'indicator',
        title: labelled(titleOf(indicator), form.argument, form.group),
        scenario: scenarioTitle(after.model, scenario),
        unit: indicator.percentage ? 'share' : indicator.dimension.time === 1 ? 'duration' : 'number',
        before: same?.value ?? null,
        after: form.value,
      },
    ];
  });
}

function labelled(title: string, argument: number | undefined, group: string | undefined): string {
  return `${title}${argument === undefined ? '' : ` (${argument})`}${group === undefined ? '' : `, ${group}`}`;
}

/** Mean capacities that differ. */
function capacityRows({ before, after, scenario }: Pair): ConsequenceRow[] {
  const [own, other] = [loadsOf(before), loadsOf(after)];
  return [...new Set([...own.keys(), ...other.keys()])].flatMap((id): ConsequenceRow[] => {
    const [a, b] = [own.get(id), other.get(id)];
    const [x, y] = [a?.capacity ?? null, b?.capacity ?? null];
    if (same(x, y)) return [];
    return [
      {
        about: 'capacity',
        title: b?.title ?? a?.title ?? id,
        scenario: scenarioTitle(after.model, scenario),
        unit: 'number',
        before: x,
        after: y,
      },
    ];
  });
}

function loadsOf({ figures }: ScenarioOf): ReadonlyMap<string, OfferedLoad> {
  const loads = new Map<string, OfferedLoad>();
  for (const load of figures.loads()) if (!loads.has(load.id)) loads.set(load.id, load);
  return loads;
}

/** Hours of work by role and organisation, and what they cost, where they differ. */
function staffRows({ before, after, scenario }: Pair): ConsequenceRow[] {
  const [own, other] = [workOf(before, scenario), workOf(after, scenario)];
  return [...new Set([...own.keys(), ...other.keys()])].flatMap((key): ConsequenceRow[] => {
    const [a, b] = [own.get(key), other.get(key)];
    const [x, y] = [a?.hours ?? 0, b?.hours ?? 0];
    const row = { title: b?.title ?? a?.title ?? key, scenario: scenarioTitle(after.model, scenario) };
    const currency = b?.currency ?? a?.currency;
    const [p, q] = [a?.cost ?? 0, b?.cost ?? 0];
    return [
      ...(same(x, y)
        ? []
        : [{ ...row, about: 'staff hours a week' as const, unit: 'number' as const, before: x, after: y }]),
      ...(currency === undefined || same(p, q)
        ? []
        : [{ ...row, about: 'staff cost a week' as const, unit: 'money' as const, currency, before: p, after: q }]),
    ];
  });
}

interface Work {
  readonly title: string;
  readonly hours: number;
  readonly cost?: number;
  readonly currency?: string;
}

function workOf({ model, figures }: ScenarioOf, scenario: string | undefined): ReadonlyMap<string, Work> {
  if (model.roles.length === 0) return new Map();
  const { roles } = planStaffing(model, {
    demand: figures.activityDemand(),
    ...(scenario !== undefined && { scenario }),
  });
  return new Map(
    roles.map((need) => {
      const role = model.roles.find(({ id }) => id === need.role);
      const at = model.organisations.find(({ id }) => id === need.organisation);
      const perSecond = role?.cost === undefined ? undefined : constantValue(role.cost, model);
      const currency = role?.cost?.kind === 'number' ? role.cost.dimension.currency : undefined;
      const work: Work = {
        title: at === undefined ? need.title : `${need.title}, ${titleOf(at)}`,
        hours: need.workHoursPerWeek,
        ...(perSecond !== undefined &&
          currency !== undefined && { cost: perSecond * SECONDS.h * need.workHoursPerWeek, currency }),
      };
      return [JSON.stringify([need.role, need.organisation ?? '']), work] as const;
    }),
  );
}

function same(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

async function runBoth(
  before: Model,
  after: Model,
  options: ConsequenceOptions,
): Promise<Omit<Consequences, 'method'>> {
  const rows: ConsequenceRow[] = [];
  const promises: PromiseRow[] = [];
  const notes: string[] = [];
  let interrupted = false;
  let replications = 0;
  const studies = after.studies.filter(({ id }) => before.studies.some((each) => each.id === id));
  if (studies.length === 0) notes.push('No study is in both versions, so that nothing was simulated.');
  for (const study of studies) {
    // The later version says how long and how often, so that both meet the same patients.
    const earlier = {
      ...before,
      studies: before.studies.map((each) => (each.id === study.id ? timedAs(each, study) : each)),
    };
    const count = options.replications ?? replicationsOf(study);
    const own = before.studies.find(({ id }) => id === study.id)?.scenarios ?? [];
    if (options.shouldStop?.() === true) break;
    const scenarios = study.scenarios.filter((id) => own.includes(id));
    const inputs = scenarios.map((scenario) => ({
      before: compileInput(earlier, study.id, scenario),
      after: compileInput(after, study.id, scenario),
    }));
    for (const [i, pair] of (await compareInputs(inputs, count, options)).entries()) {
      interrupted ||= pair.interrupted;
      replications = Math.max(replications, pair.after.replications);
      const title = scenarioTitle(after, scenarios[i]);
      for (const result of pair.after.indicators) {
        const isSame = (each: { indicator: string; argument?: number; group?: string }): boolean =>
          each.indicator === result.indicator && each.argument === result.argument && each.group === result.group;
        const other = pair.before.indicators.find(isSame);
        const difference = pair.comparison?.indicators.find(isSame)?.difference;
        rows.push({
          about: 'indicator',
          title: labelled(result.title, result.argument, result.group),
          scenario: title,
          unit: result.unit,
          ...(result.currency !== undefined && { currency: result.currency }),
          before: valueOf(other?.estimate),
          after: valueOf(result.estimate),
          ...(difference !== undefined && { difference }),
        });
      }
      promises.push(...promiseRows(pair.before.expectations, pair.after.expectations, title));
    }
  }
  return { rows, promises, notes, interrupted, ...(replications > 0 && { replications }) };
}

function timedAs(study: Study, { start, timezone, run, warmUp, seed }: Study): Study {
  return { ...study, start, timezone, run, warmUp, seed };
}

function replicationsOf({ replications }: Study): number {
  return replications.kind === 'fixed' ? replications.times : USUAL_REPLICATIONS;
}

function valueOf(estimate: Estimate | undefined): number | null {
  return estimate === undefined || estimate.replications === 0 ? null : estimate.mean;
}

function promiseRows(
  before: readonly ExpectationResult[],
  after: readonly ExpectationResult[],
  scenario: string,
): PromiseRow[] {
  const texts = [...new Set([...after, ...before].map(({ text }) => text))];
  return texts.map((text) => {
    const [own, other] = [before.find((each) => each.text === text), after.find((each) => each.text === text)];
    return { text, scenario, ...(own && { before: own.verdict }), ...(other && { after: other.verdict }) };
  });
}
