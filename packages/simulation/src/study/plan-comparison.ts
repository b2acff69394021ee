import { activitiesOf, betterOf, byId, type Model, planSets, scenarioChain, type Study, titleOf } from '@pathway/model';
import type { SimulationInput } from '../input/types.js';
import type { PlanComparison, PlanFigure } from '../plan-results.js';
import { bestOf, differenceFigure } from '../statistics/difference.js';
import { certaintyOfBetter } from '../statistics/paired.js';
import { meanOfRuns, type PooledFigure } from '../statistics/pooled-figure.js';
import type { ScenarioRuns } from './expectations.js';
import { meanFigure } from './patients-figure.js';
import type { ReplicationResult } from './replication.js';

/** A scenario of the study with what it has of crises and responses. */
interface PlannedRuns extends ScenarioRuns {
  readonly crises: string;
  readonly responses: readonly string[];
}

/**
 * Each crisis without a plan beside the same crisis with each plan and each combination of plans that the study runs: every
 * indicator, the time that patients waited, and the outcomes that they left with. Nothing where no scenario has a crisis
 * without responses beside one with some.
 */
export function comparePlans(
  model: Model,
  study: Study,
  inputs: readonly SimulationInput[],
  results: readonly (readonly ReplicationResult[])[],
): PlanComparison[] {
  const runs = inputs.map((input, i): PlannedRuns => {
    const chain = input.scenario === '' ? [] : scenarioChain(model, input.scenario);
    return {
      input,
      results: results[i] ?? [],
      crises: [...new Set(chain.flatMap(({ crises = [] }) => crises))].sort().join('\n'),
      responses: [...new Set(chain.flatMap(({ responses = [] }) => responses))],
    };
  });
  const usual = runs.find(({ crises, responses }) => crises === '' && responses.length === 0);
  return [...new Set(runs.map(({ crises }) => crises))].flatMap((crises) => {
    const same = runs.filter((each) => each.crises === crises);
    const without = same.find(({ responses }) => responses.length === 0);
    const alternatives = same.filter(({ responses }) => responses.length > 0);
    if (crises === '' || without === undefined || alternatives.length === 0) return [];
    return [comparisonOf(model, study, usual, without, alternatives)];
  });
}

function comparisonOf(
  model: Model,
  study: Study,
  usual: PlannedRuns | undefined,
  without: PlannedRuns,
  alternatives: readonly PlannedRuns[],
): PlanComparison {
  const titleOfResponse = (id: string): string => {
    const found = byId(model.responses ?? [], id);
    return found === undefined ? id : titleOf(found);
  };
  return {
    without: without.input.scenario,
    ...(usual && { usual: usual.input.scenario }),
    alternatives: alternatives.map(({ input, responses }) => ({
      scenario: input.scenario,
      title: input.title,
      responses: responses.map((id) => ({ id, title: titleOfResponse(id) })),
    })),
    figures: subjectsOf(model, without.input).map((subject) => figureOf(subject, usual, without, alternatives)),
    leftOut: (study.plans ?? [])
      .flatMap((plans) => planSets(model, plans).leftOut)
      .map(({ responses, between, place }) => ({ responses: responses.map(titleOfResponse), between, place })),
  };
}

/** What is compared, and how it is read from the replications of a scenario; without values where the scenario lacks it. */
interface Subject {
  readonly about: Omit<PlanFigure, 'usual' | 'without' | 'values' | 'best'>;
  readonly read: (runs: ScenarioRuns) => PooledFigure;
}

function subjectsOf(model: Model, input: SimulationInput): readonly Subject[] {
  return [...indicatorSubjects(model, input), waitingSubject(), ...outcomeSubjects(model, input)];
}

/** Indicators as a whole, promised ones first; of a table the rows that a promise names, or its first one. */
function indicatorSubjects(model: Model, input: SimulationInput): Subject[] {
  const isPromised = (id: string): boolean => model.expectations.some(({ indicator }) => indicator === id);
  const ordered = input.indicators
    .map((indicator, i) => ({ indicator, i }))
    .sort((a, b) => Number(isPromised(b.indicator.id)) - Number(isPromised(a.indicator.id)));
  return ordered.flatMap(({ indicator, i }) => {
    const { id, title, unit, currency, aim, measure, table } = indicator;
    const promised = model.expectations.flatMap((each) => (each.indicator === id ? [each.argument] : []));
    const rows =
      measure.kind !== 'value' || table === undefined
        ? [{ row: 0, argument: undefined }]
        : table
            .map((argument, row) => ({ argument, row }))
            .filter(({ argument, row }) => (promised.length > 0 ? promised.includes(argument) : row === 0));
    const better = id.endsWith(TIME_TARGET) ? 'higher' : betterOf(model, id);
    return rows.map(({ row, argument }): Subject => ({
      about: {
        kind: 'indicator',
        id,
        title,
        ...(argument !== undefined && { argument }),
        unit,
        ...(currency !== undefined && { currency }),
        ...(aim !== undefined && { aim }),
        ...(better && { better }),
      },
      read: ({ input: own, results }) => {
        const place = input === own ? i : own.indicators.findIndex((each) => each.id === id);
        const figures = results.map((result) => result.indicators[place]?.[row]);
        return place < 0 ? meanOfRuns(results.map(() => null)) : meanFigure(own, place, figures);
      },
    }));
  });
}

/** The indicator of a step's time target is the share that keeps it. */
const TIME_TARGET = '.within';

/** All waits of the window together: the mean wait of each step and hold for each time that it began. */
function waitingSubject(): Subject {
  return {
    about: { kind: 'waiting', id: 'waiting', title: 'Time waited by all together', unit: 'duration', better: 'lower' },
    read: ({ input: own, results }) =>
      meanOfRuns(
        results.map(({ activities }) =>
          own.activities.reduce((sum, { kind }, a) => {
            const found = activities[a];
            return (kind === 'step' || kind === 'hold') && found !== undefined
              ? sum + (found.wait ?? 0) * found.starts
              : sum;
          }, 0),
        ),
      ),
  };
}

/** People who left with each outcome, where there is more than one; nothing says which of them is better. */
function outcomeSubjects(model: Model, { outcomes }: SimulationInput): Subject[] {
  if (outcomes.length < 2) return [];
  const finishes = model.pathways.flatMap(activitiesOf).filter((each) => each.kind === 'finish');
  const titles = new Map(finishes.map(({ outcome, title }) => [outcome, title ?? outcome]));
  return outcomes.map((outcome): Subject => ({
    about: { kind: 'outcome', id: outcome, title: titles.get(outcome) ?? outcome, unit: 'count' },
    read: ({ input: own, results }) => {
      const place = own.outcomes.indexOf(outcome);
      return meanOfRuns(results.map(({ flows }) => flows.reduce((sum, flow) => sum + (flow.outcomes[place] ?? 0), 0)));
    },
  }));
}

function figureOf(
  { about, read }: Subject,
  usual: ScenarioRuns | undefined,
  without: ScenarioRuns,
  alternatives: readonly ScenarioRuns[],
): PlanFigure {
  const { better } = about;
  const base = read(without);
  const own = alternatives.map(read);
  const best = better && bestOf([base, ...own], better);
  return {
    ...about,
    ...(usual && { usual: read(usual).estimate }),
    without: base.estimate,
    values: alternatives.map(({ input }, i) => {
      const difference = differenceFigure(own[i]!, base);
      const certainty = better && certaintyOfBetter(difference, better);
      return {
        scenario: input.scenario,
        estimate: own[i]!.estimate,
        difference: difference.estimate,
        ...(certainty !== undefined && { certainty }),
      };
    }),
    ...(best && {
      best: {
        scenario: (best.place === 0 ? without : alternatives[best.place - 1]!).input.scenario,
        certainty: best.certainty,
      },
    }),
  };
}
