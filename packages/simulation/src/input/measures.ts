import {
  figuresOf,
  type Expectation,
  formatOrigin,
  type Indicator,
  type Measure,
  type MeasureTarget,
  type Model,
  type Moment,
  type Pathway,
  requireConstant,
  type Step,
  type Study,
  titleOf,
  walkActivities,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { budgetIndicators } from './budget.js';
import type { FlowCompiler } from './flow-compiler.js';
import { compileFormula, type FormulaSurroundings } from './formulas.js';
import { measuredIn } from './measured-indicators.js';
import type { InputCohort } from './types.js';
import type {
  InputComparedFigure,
  InputExpectation,
  InputIndicator,
  InputMeasure,
  InputMoment,
} from './measure-types.js';

/** Compiles indicators and expectations to what the engine counts. */
export class MeasureCompiler {
  readonly moments: InputMoment[] = [];
  readonly indicators: InputIndicator[] = [];
  readonly #declared: readonly Indicator[];
  readonly #momentIndex = new Map<string, number>();
  readonly #indicatorIndex = new Map<string, number>();
  readonly #surroundings: FormulaSurroundings;

  constructor(
    readonly model: Model,
    readonly flow: FlowCompiler,
    readonly cohorts: readonly Pick<InputCohort, 'id'>[],
    readonly facilities: (id: string) => readonly number[],
    readonly attribute: (name: string) => number,
    readonly study: Study,
    /** Ids of the responses at hand in the scenario, in the order of declaration. */
    readonly responses: readonly string[],
  ) {
    this.#declared = measuredIn(study, model);
    this.#declared.forEach((indicator, i) => this.#indicatorIndex.set(indicator.id, i));
    this.#surroundings = {
      model,
      responses,
      facilities,
      requests: (target) => this.requests(target),
      activity: (id) => this.#activity(id),
      cohort: (id) => this.#cohort(id),
      indicator: (id, place) => this.#indicatorOf(id, place),
      outcome: (id) => flow.outcome(id),
    };
  }

  /**
   * The indicators that the study measures, then the time targets of steps in textual order, then the budget where somebody
   * pays.
   */
  compile(): void {
    for (const indicator of this.#declared) this.indicators.push(this.#indicator(indicator));
    for (const pathway of this.model.pathways) {
      for (const { activity } of walkActivities(pathway.body)) {
        if (activity.kind !== 'step' || activity.within === undefined || !this.#takesPart(activity.id)) continue;
        const wanted = this.study.indicators;
        if (wanted.length > 0 && !wanted.includes(`${activity.id}.within`)) continue;
        const { limit, of } = activity.within;
        const from: Moment = of === 'arrival' ? { kind: 'arrival' } : { kind: 'activity', activity: of, at: 'start' };
        const seconds = requireConstant(limit, this.model, `the time target of ${activity.title ?? activity.name}`);
        this.indicators.push({
          id: `${activity.id}.within`,
          title: `${this.#titleOfTarget(activity, pathway)} within its time target`,
          unit: 'share',
          measure: {
            kind: 'share',
            of: {
              kind: 'time',
              from: this.#moment(from),
              to: this.#moment({ kind: 'activity', activity: activity.id, at: 'start' }),
            },
            operator: '<=',
            limit: seconds,
          },
        });
      }
    }
    this.indicators.push(...this.#budget());
  }

  /** The title of a step, after that of its pathway where a step of another pathway is called the same. */
  #titleOfTarget(step: Step, pathway: Pathway): string {
    const title = titleOf(step);
    const isShared = this.model.pathways.some(
      (other) =>
        other !== pathway &&
        [...walkActivities(other.body)].some(
          ({ activity }) =>
            activity.kind === 'step' &&
            activity.within !== undefined &&
            titleOf(activity) === title &&
            this.#takesPart(activity.id),
        ),
    );
    return isShared ? `${titleOf(pathway)}: ${title}` : title;
  }

  #budget(): readonly InputIndicator[] {
    return budgetIndicators(this.model, {
      activity: (id) => (this.#takesPart(id) ? this.#activity(id) : undefined),
      facilities: this.facilities,
      cohort: (id) => this.#cohort(id),
      response: (id) => {
        const index = this.responses.indexOf(id);
        return index < 0 ? undefined : index;
      },
    });
  }

  /** The expectations that concern a scenario; a comparison does where the study simulates both scenarios. */
  expectations(scenario: string): InputExpectation[] {
    return this.#measured()
      .filter((each) => each.scenarios.length === 0 || each.scenarios.includes(scenario))
      .map((each: Expectation) => ({
        id: each.id,
        text: each.text,
        indicator: this.#indicatorOf(each.indicator, formatOrigin(each.origin)),
        statistic: each.statistic,
        ...(each.argument !== undefined && { argument: each.argument }),
        operator: each.operator,
        limit: requireConstant(each.limit, this.model, `the limit of \`${each.text}\``),
        ...(each.against && {
          against: {
            scenario: each.against.scenario,
            factor:
              each.against.factor === undefined
                ? 1
                : requireConstant(each.against.factor, this.model, `the share in \`${each.text}\``),
          },
        }),
      }));
  }

  /** The figures of a scenario that expectations are compared with. */
  compared(scenario: string): InputComparedFigure[] {
    return this.#measured().flatMap(({ id, against, origin }) =>
      against?.scenario === scenario
        ? [
            {
              expectation: id,
              indicator: this.#indicatorOf(against.indicator, formatOrigin(origin)),
              statistic: against.statistic,
              ...(against.argument !== undefined && { argument: against.argument }),
            },
          ]
        : [],
    );
  }

  /** The expectations whose indicators the study reports, in scenarios that it simulates. */
  #measured(): readonly Expectation[] {
    const isMeasured = (indicator: string): boolean =>
      this.#indicatorIndex.has(indicator) || this.indicators.some(({ id }) => id === indicator);
    const { scenarios } = this.study;
    return this.model.expectations.filter(
      ({ indicator, against, scenarios: own }) =>
        isMeasured(indicator) &&
        (against === undefined ||
          (isMeasured(against.indicator) && (scenarios.includes(against.scenario) || own.includes(against.scenario)))),
    );
  }

  #takesPart(activity: string): boolean {
    return this.flow.activities.some((each) => each.id === activity);
  }

  #indicatorOf(id: string, place?: string): number {
    const index = this.#indicatorIndex.get(id) ?? this.indicators.findIndex((each) => each.id === id);
    if (index < 0) throw new SimulationError(`There is no indicator ${id}.`, place);
    return index;
  }

  #indicator(indicator: Indicator): InputIndicator {
    const { dimension } = indicator;
    const place = formatOrigin(indicator.origin);
    return {
      id: indicator.id,
      title: titleOf(indicator),
      unit: indicator.percentage
        ? 'share'
        : dimension.money !== 0
          ? 'money'
          : dimension.time === 1
            ? 'duration'
            : dimension.time === -1
              ? 'rate'
              : 'number',
      ...(dimension.currency !== undefined && { currency: dimension.currency }),
      ...(indicator.aim !== undefined && { aim: indicator.aim }),
      ...(indicator.by !== undefined && { by: this.attribute(indicator.by) }),
      ...(indicator.table && { table: indicator.table.values }),
      ...this.#percentiles(indicator),
      measure: this.#measure(indicator.measure, place),
    };
  }

  /** Percentiles that the study's methods look at. */
  #percentiles({ id }: Indicator): Pick<InputIndicator, 'percentiles'> {
    const found = figuresOf(this.study).flatMap(({ indicator, statistic }) =>
      indicator === id && typeof statistic === 'object' ? [statistic.percentile] : [],
    );
    return found.length === 0 ? {} : { percentiles: [...new Set(found)] };
  }

  #measure(measure: Measure, place: string): InputMeasure {
    switch (measure.kind) {
      case 'time':
        return {
          kind: 'time',
          from: this.#moment(measure.from),
          to: this.#moment(measure.to),
          ...this.#cohorts(measure.cohorts),
        };
      case 'wait':
        return { kind: 'wait', requests: this.requests(measure.of), ...this.#cohorts(measure.cohorts) };
      case 'share':
        return {
          kind: 'share',
          of: this.#measure(measure.of, place),
          operator: measure.operator,
          limit: requireConstant(measure.limit, this.model, 'the limit of a share'),
        };
      case 'outcome share':
        return {
          kind: 'outcome share',
          outcome: this.flow.outcome(measure.outcome),
          ...this.#cohorts(measure.cohorts),
        };
      case 'value':
        return { kind: 'value', value: compileFormula(measure.value, place, this.#surroundings) };
    }
  }

  #cohorts(ids: readonly string[] | undefined): { readonly cohorts?: readonly number[] } {
    if (ids === undefined) return {};
    return { cohorts: ids.flatMap((id) => this.#cohort(id)) };
  }

  #cohort(id: string): readonly number[] {
    const index = this.cohorts.findIndex((cohort) => cohort.id === id);
    return index < 0 ? [] : [index];
  }

  #moment(moment: Moment): number {
    const compiled: InputMoment =
      moment.kind === 'activity' ? { at: moment.at, activity: this.#activity(moment.activity) } : { at: moment.kind };
    const key = JSON.stringify(compiled);
    let index = this.#momentIndex.get(key);
    if (index === undefined) {
      index = this.moments.push(compiled) - 1;
      this.#momentIndex.set(key, index);
    }
    return index;
  }

  /** An activity that no cohort comes to is listed too: it is never observed. */
  #activity(id: string): number {
    const known = this.flow.activities.findIndex((each) => each.id === id);
    if (known >= 0) return known;
    for (const pathway of this.model.pathways) {
      for (const { activity: a } of walkActivities(pathway.body)) {
        if (a.id !== id) continue;
        const title = 'title' in a ? a.title : undefined;
        return this.flow.activity(id, a.kind, title ?? ('name' in a ? a.name : undefined) ?? id, a.origin);
      }
    }
    throw new SimulationError(`There is no activity ${id} to measure.`);
  }

  /** Requests for something, or at an activity and what stands for it. */
  requests(target: MeasureTarget): number[] {
    return this.flow.sites
      .filter((site) => {
        if (target.kind === 'activity') {
          const id = this.flow.activities[site.activity]?.id ?? '';
          return id === target.activity || this.flow.firstOf(target.activity).includes(id);
        }
        return target.kind === 'resource' ? site.resources.has(target.resource) : site.roles.has(target.role);
      })
      .map((site) => site.instruction);
  }
}
