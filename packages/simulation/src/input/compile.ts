import {
  applyScenario,
  withCredentialsOn,
  calendarOf,
  type Arrivals,
  bookedTimes,
  clockChanges,
  clockOccurrences,
  type Cohort,
  deepFreeze,
  type Expression,
  formatOrigin,
  localTimeAt,
  type Model,
  type PresentPatients,
  rateChanges,
  requireConstant,
  type Study,
  type StudyCalendar,
  titleOf,
  WEEKDAYS,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { ControlContext } from './control-context.js';
import { ControlPlan, dormantCohorts, type Planned, plannedIn } from './control-plan.js';
import { compileConversions } from './conversions.js';
import { compileExpression, type ExpressionScope } from './expressions.js';
import type { Instance } from './flow-blocks.js';
import { FlowCompiler } from './flow-compiler.js';
import { compilePresent } from './flow-present.js';
import { measuresWatched } from './measured-indicators.js';
import { MeasureCompiler } from './measures.js';
import { PARAMETER_FORMS } from '../random/distribution-table.js';
import { stepFunction } from './step-functions.js';
import { compileSupply } from './supply.js';
import { TargetTable } from './targets.js';
import type { InputArrivals, InputCohort, InputFlow, InputPresent, SimulationInput } from './types.js';
import type { InputExpression } from './expression-types.js';

/** Seconds that a study may run: beyond this the hours that a census is counted in fill the memory. */
const MOST_TIME = 10_000 * 366 * 86_400;

/**
 * The simulation input of a study in one scenario: pure, and the same for the same model.
 * @param scenarioId a scenario of the model, or an empty text for the model as it is declared
 * @throws SimulationError or ModelError where the model says something that cannot be simulated
 */
export function compileInput(model: Model, studyId: string, scenarioId: string): SimulationInput {
  const changed = scenarioId === '' ? model : applyScenario(model, scenarioId);
  const study = changed.studies.find((each) => each.id === studyId);
  if (study === undefined) {
    const known = changed.studies.map((each) => each.id).join(', ');
    throw new SimulationError(
      `There is no study ${studyId}; ${known === '' ? 'none is declared' : `known are ${known}`}.`,
    );
  }
  return new InputCompiler(withCredentialsOn(changed, study.start), study, scenarioId).compile();
}

class InputCompiler {
  readonly #model: Model;
  readonly #study: Study;
  readonly #scenario: string;
  readonly #warmUp: number;
  readonly #run: number;
  readonly #calendar: StudyCalendar;
  readonly #attributes = new Map<string, number>();
  readonly #categories = new Map<string, number>();
  /** By step or hold, how many of whose requests wait is asked for on the way: the requests, once they are known. */
  readonly #waitingAt = new Map<string, number[]>();
  /** By activity and what is remembered, in order of first use. */
  readonly #clocks = new Map<string, { readonly activity: string; readonly of: 'end' | 'wait' }>();
  readonly #scope: ExpressionScope;
  readonly #planned: Planned;
  readonly #dormant: ReadonlySet<string>;
  #facilityIds: readonly { readonly id: string; readonly role?: string }[] = [];

  constructor(model: Model, study: Study, scenario: string) {
    this.#model = model;
    this.#study = study;
    this.#scenario = scenario;
    this.#planned = plannedIn(model, scenario);
    this.#dormant = dormantCohorts(model, this.#planned);
    const place = formatOrigin(study.origin);
    this.#warmUp = requireConstant(study.warmUp, model, 'the warm-up of a study');
    this.#run = requireConstant(study.run, model, 'the length of a study');
    if (!(this.#run > 0)) throw new SimulationError('A study must run for more than no time.', place);
    if (!(this.#warmUp >= 0)) throw new SimulationError('A warm-up cannot be negative.', place);
    if (!(this.#warmUp + this.#run <= MOST_TIME))
      throw new SimulationError('A study runs for at most 10,000 years of 366 d, its warm-up included.', place);
    this.#calendar = calendarOf(study, this.#warmUp + this.#run);
    for (const cohort of model.cohorts) {
      for (const { name, categories } of cohort.attributes) {
        if (!this.#attributes.has(name)) this.#attributes.set(name, this.#attributes.size);
        for (const category of categories) this.#category(category);
      }
    }
    this.#scope = {
      model,
      attribute: (name) => this.#attribute(name),
      category: (value) => this.#category(value),
      facilities: (id) => this.#facilities(id),
      clock: (activity, of) => this.#clock(activity, of),
      waiting: (activity) => this.#waiting(activity),
    };
  }

  compile(): SimulationInput {
    const model = this.#model;
    const study = this.#study;
    // Breakdown times and capacities may name facilities, whose order is that of declaration: resources, staff, stocks.
    this.#facilityIds = [
      ...model.resources.map(({ id }) => ({ id })),
      ...model.staff.map(({ id, role }) => ({ id, role })),
      ...model.stocks.map(({ id }) => ({ id })),
    ];
    const supply = compileSupply(model, this.#calendar, this.#scope);
    const conversions = compileConversions(model, supply, this.#calendar, this.#warmUp);
    const context = new ControlContext(model, this.#calendar, this.#warmUp, supply, this.#scope, conversions.length);
    const plan = ControlPlan.of(context, this.#planned, measuresWatched(study, model));
    const targets = new TargetTable(model, supply, plan?.allowed);
    const flow = new FlowCompiler(model, this.#scope, targets, this.#calendar, plan?.surroundings, plan?.variants);
    if (plan !== undefined && plan.variants.places.size > 0) {
      // What responses bring is numbered after what is there without them, so that figures of both stand side by side.
      const without = new FlowCompiler(model, this.#scope, new TargetTable(model, supply), this.#calendar);
      this.#flows(without);
      flow.numberAs(without);
    }
    const { flows, entries, present } = this.#flows(flow);
    const cohorts = model.cohorts.map((cohort) => this.#cohort(cohort, entries.get(cohort.id) ?? []));
    const measures = new MeasureCompiler(
      model,
      flow,
      cohorts,
      (id) => this.#facilities(id),
      (name) => this.#attribute(name),
      study,
      (model.responses ?? []).flatMap(({ id }) => (this.#planned.responses.includes(id) ? [id] : [])),
    );
    measures.compile();
    for (const [activity, requests] of this.#waitingAt)
      requests.push(...measures.requests({ kind: 'activity', activity }));
    const control = plan?.compile({
      flow,
      facilities: (id) => this.#facilities(id),
      requests: (target) => measures.requests(target),
    });
    const allConversions = [...conversions, ...context.conversions];
    const scenario = model.scenarios.find((each) => each.id === this.#scenario);
    const compared = measures.compared(this.#scenario);
    const input: SimulationInput = {
      format: 'pathway-simulation-input',
      formatVersion: 1,
      languageVersion: model.languageVersion,
      sourceHash: model.sourceHash,
      study: study.id,
      scenario: this.#scenario,
      title: scenario === undefined ? 'As declared' : titleOf(scenario),
      seed: study.seed,
      start: study.start,
      timezone: study.timezone,
      warmUp: this.#warmUp,
      run: this.#run,
      week: this.#week(),
      notes: [...supply.notes, ...targets.notes],
      facilities: supply.facilities,
      pools: supply.pools,
      stocks: supply.stocks,
      ...(allConversions.length > 0 && { conversions: allConversions }),
      ...(control && { control }),
      targets: targets.targets,
      cohorts,
      flows,
      present,
      instructions: flow.instructions,
      slots: flow.slots,
      registers: flow.registers,
      moments: measures.moments,
      indicators: measures.indicators,
      expectations: measures.expectations(this.#scenario),
      ...(compared.length > 0 && { compared }),
      activities: flow.activities,
      outcomes: flow.outcomes,
      ...(this.#clocks.size > 0 && { clocks: this.#clocksOf(flow) }),
      attributes: [...this.#attributes.keys()].map((name) => ({ name, categories: this.#categoriesOf(name) })),
      categories: [...this.#categories.keys()],
    };
    return deepFreeze(input);
  }

  #flows(flow: FlowCompiler): {
    flows: InputFlow[];
    present: InputPresent[];
    entries: Map<string, { readonly flow: number; readonly instruction: number }[]>;
  } {
    const flows: InputFlow[] = [];
    const entries = new Map<string, { flow: number; instruction: number }[]>();
    const { pathways } = this.#study;
    const instances: Instance[] = [];
    for (const pathway of this.#model.pathways) {
      if (pathway.cohorts.length === 0 || (pathways.length > 0 && !pathways.includes(pathway.id))) continue;
      const root = flow.root(pathway);
      for (const { cohort: id, entry } of pathway.cohorts) {
        const cohort = this.#model.cohorts.findIndex((each) => each.id === id);
        if (cohort < 0) throw new SimulationError(`There is no cohort ${id}.`, formatOrigin(pathway.origin));
        const instruction = entry === undefined ? root.start : root.entries.get(entry);
        if (instruction === undefined) {
          throw new SimulationError(
            `${id} cannot enter ${titleOf(pathway)} at ${entry ?? ''}: it lies inside a hold, a repeat or a branch.`,
            formatOrigin(pathway.origin),
          );
        }
        const list = entries.get(id) ?? [];
        list.push({ flow: flows.length, instruction });
        entries.set(id, list);
        flows.push({ pathway: pathway.id, title: titleOf(pathway), cohort });
        instances.push(root.instance);
      }
    }
    const present = (this.#study.present ?? []).map((group) => this.#present(group, flow, flows, instances));
    return { flows, entries, present };
  }

  #present(
    group: PresentPatients,
    flow: FlowCompiler,
    flows: readonly InputFlow[],
    instances: readonly Instance[],
  ): InputPresent {
    const cohort = this.#model.cohorts.findIndex((each) => each.id === group.cohort);
    const index = flows.findIndex((each, i) => each.cohort === cohort && instances[i]?.labels.has(group.at) === true);
    const instance = instances[index];
    if (instance === undefined) {
      throw new SimulationError(
        `Nobody of ${group.cohort} enters the pathway of ${group.at} in this study.`,
        formatOrigin(group.origin),
      );
    }
    const count = Math.round(requireConstant(group.count, this.#model, 'the number of patients at the start'));
    if (!(count >= 0 && count <= 1e6)) {
      throw new SimulationError(
        `The number of patients at the start lies from 0 to a million, and is not ${count}.`,
        formatOrigin(group.origin),
      );
    }
    return { flow: index, instruction: compilePresent(flow, group, instance), count };
  }

  #cohort(cohort: Cohort, entries: InputCohort['entries']): InputCohort {
    return {
      id: cohort.id,
      title: titleOf(cohort),
      origin: formatOrigin(cohort.origin),
      priority: cohort.priority ? compileExpression(cohort.priority, this.#scope) : { op: 'number', value: 0 },
      arrivals:
        cohort.arrivals && entries.length > 0 && !this.#dormant.has(cohort.id)
          ? this.#arrivals(cohort.arrivals)
          : { kind: 'none' },
      attributes: this.#attributesOf(cohort),
      entries,
    };
  }

  /** The rows of files that a patient has, then the attributes in order. */
  #attributesOf(cohort: Cohort): InputCohort['attributes'] {
    const { arrivals } = cohort;
    const recorded = arrivals?.kind === 'recorded' ? arrivals : undefined;
    const rows = new Map<string, { readonly attribute: number; readonly order?: readonly number[] }>();
    const drawn: InputCohort['attributes'][number][] = [];
    for (const { value } of cohort.attributes) {
      if (value.kind !== 'column' || rows.has(value.table)) continue;
      const attribute = this.#rowAttribute(value.table);
      const order = recorded?.table === value.table ? this.#recordedRows(recorded.times) : undefined;
      rows.set(value.table, { attribute, ...(order !== undefined && order.length > 0 && { order }) });
      const count = order !== undefined && order.length > 0 ? order.length : value.cells.length;
      drawn.push({ attribute, value: order === undefined ? uniformRow(count) : { op: 'row', of: Math.max(1, count) } });
    }
    const scope: ExpressionScope = {
      ...this.#scope,
      row: (table) => {
        const row = rows.get(table);
        if (row === undefined) throw new SimulationError(`No attribute of ${titleOf(cohort)} comes from ${table}.`);
        return row;
      },
    };
    return [
      ...drawn,
      ...cohort.attributes.map(({ name, value }) => ({
        attribute: this.#attribute(name),
        value: compileExpression(value, scope),
      })),
    ];
  }

  #rowAttribute(table: string): number {
    const name = `row of ${table}`;
    if (!this.#attributes.has(name)) this.#attributes.set(name, this.#attributes.size);
    return this.#attribute(name);
  }

  /** Places of the recorded times of a run, in the order in which they come. */
  #recordedRows(times: readonly number[]): number[] {
    return times
      .map((time, i) => ({ time, i }))
      .filter(({ time }) => time >= 0 && time < this.#calendar.horizonSeconds)
      .sort((a, b) => a.time - b.time || a.i - b.i)
      .map(({ i }) => i);
  }

  #arrivals(arrivals: Arrivals): InputArrivals {
    switch (arrivals.kind) {
      case 'every':
        return {
          kind: 'renewal',
          between: compileExpression(arrivals.between, this.#scope),
          ...(arrivals.first && { first: compileExpression(arrivals.first, this.#scope) }),
          ...this.#together(arrivals),
        };
      case 'rate':
      case 'table': {
        const changes = rateChanges(arrivals, this.#calendar, this.#model);
        const pieces = changes.map(({ time, rate }) => ({ time, amount: rate }));
        const first = pieces[0];
        const whole = first?.time === 0 ? pieces : [{ time: 0, amount: 0 }, ...pieces];
        return {
          kind: 'poisson',
          rate: stepFunction(whole, this.#calendar.horizonSeconds),
          ...this.#together(arrivals),
        };
      }
      case 'batch':
        return {
          kind: 'batch',
          size: compileExpression(arrivals.size, this.#scope),
          at: clockOccurrences(arrivals.at, arrivals.days, this.#calendar),
        };
      case 'appointments':
        return {
          kind: 'appointments',
          at: bookedTimes(arrivals, this.#calendar, this.#model),
          shows: arrivals.shows ? compileExpression(arrivals.shows, this.#scope) : { op: 'number', value: 1 },
          deviation: arrivals.deviation
            ? compileExpression(arrivals.deviation, this.#scope)
            : { op: 'number', value: 0 },
        };
      case 'recorded':
        return {
          kind: 'recorded',
          at: arrivals.times.filter((time) => time >= 0 && time < this.#calendar.horizonSeconds).sort((a, b) => a - b),
        };
    }
  }

  #together({ group }: { readonly group?: Expression }): { group?: InputExpression } {
    return group === undefined ? {} : { group: compileExpression(group, this.#scope) };
  }

  /** Where in the local week the clock is at the start, and after each change of the clocks. */
  #week(): SimulationInput['week'] {
    return [0, ...clockChanges(this.#calendar)].map((at) => {
      const { weekday, minutes } = localTimeAt(at, this.#calendar);
      return { at, hour: WEEKDAYS.indexOf(weekday) * 24 + minutes / 60 };
    });
  }

  #facilities(id: string): readonly number[] {
    const found = this.#facilityIds.flatMap((each, i) => (each.id === id || each.role === id ? [i] : []));
    const known = this.#model.roles.some((role) => role.id === id);
    if (found.length === 0 && !known) throw new SimulationError(`There is no resource, role or staff ${id}.`);
    return found;
  }

  /** The requests of an activity are known when all is compiled, also what comes after the text that asks. */
  #waiting(activity: string): InputExpression {
    const requests = this.#waitingAt.get(activity) ?? [];
    this.#waitingAt.set(activity, requests);
    return { op: 'waiting', requests };
  }

  #clock(activity: string, of: 'end' | 'wait'): number {
    const key = `${of} ${activity}`;
    if (!this.#clocks.has(key)) this.#clocks.set(key, { activity, of });
    return [...this.#clocks.keys()].indexOf(key);
  }

  /** A clock of an activity that takes no part in the study remembers nothing. */
  #clocksOf(flow: FlowCompiler): NonNullable<SimulationInput['clocks']> {
    return [...this.#clocks.values()].map(({ activity: id, of }) => {
      const activity = flow.activities.findIndex((each) => each.id === id);
      return activity < 0 ? { of } : { activity, of };
    });
  }

  #attribute(name: string): number {
    const index = this.#attributes.get(name);
    if (index === undefined) throw new SimulationError(`No cohort has an attribute ${name}.`);
    return index;
  }

  #categoriesOf(name: string): number[] {
    const values = this.#model.cohorts.flatMap((cohort) =>
      cohort.attributes.filter((attribute) => attribute.name === name).flatMap((attribute) => attribute.categories),
    );
    return [...new Set(values.map((value) => this.#category(value)))];
  }

  #category(value: string): number {
    let code = this.#categories.get(value);
    if (code === undefined) {
      code = this.#categories.size;
      this.#categories.set(value, code);
    }
    return code;
  }
}

/** Each row of a file as likely as the others. */
function uniformRow(count: number): InputExpression {
  const ends: InputExpression[] = [0, count].map((value) => ({ op: 'number', value }));
  const form = PARAMETER_FORMS.uniform?.findIndex((names) => names.length === 2) ?? 0;
  return { op: 'function', name: 'floor', arguments: [{ op: 'draw', family: 'uniform', form, parameters: ends }] };
}
