import type { SimulationInput, StepFunction } from '@pathway/simulation';
import { writtenLaw } from './durations.js';
import type { Findings } from './findings.js';
import { fixed, lawOf, type ProsimosLaw } from './laws.js';

type Cohort = SimulationInput['cohorts'][number];

/** Who comes: one stream, of which each cohort has its share. */
export interface Arrivals {
  readonly law: ProsimosLaw;
  /** Patients per second. */
  readonly rate: number;
  readonly cohorts: readonly { readonly cohort: Cohort; readonly share: number }[];
}

/**
 * The arrivals of all cohorts as one stream: streams at constant rates add up to one. Undefined where nobody comes, or
 * what they do cannot be said, which is noted.
 */
export function arrivalsOf(input: SimulationInput, findings: Findings): Arrivals | undefined {
  const coming = input.cohorts.filter(({ arrivals, entries }) => entries.length > 0 && arrivals.kind !== 'none');
  const [only, ...others] = coming;
  if (only === undefined) {
    findings.refuse('arrivals with times between them', input.title, 'Prosimos has no runs in which nobody comes');
    return undefined;
  }
  const groups = coming.filter(({ arrivals }) => 'group' in arrivals);
  if (groups.length > 0) {
    const places = groups.map((cohort) => findings.place(cohort)).join(', ');
    findings.refuse('arrivals in groups', places, 'Prosimos brings patients one by one');
    return undefined;
  }
  if (others.length === 0 && rateOf(only, input) === undefined) return oneStream(only, findings);
  const rates = coming.map((cohort) => ({ cohort, rate: rateOf(cohort, input) }));
  const unknown = rates.filter(({ rate }) => rate === undefined);
  if (unknown.length > 0) {
    const places = unknown.map(({ cohort }) => findings.place(cohort)).join(', ');
    findings.refuse('several cohorts', places, 'only streams with exponential times between arrivals add up to one');
    return undefined;
  }
  const some = rates.flatMap(({ cohort, rate = 0 }) => (rate > 0 ? [{ cohort, rate }] : []));
  const total = some.reduce((sum, { rate }) => sum + rate, 0);
  if (total === 0) {
    findings.refuse('arrivals at a rate that changes', input.title, 'Prosimos has no runs in which nobody comes');
    return undefined;
  }
  return {
    law: { distribution_name: 'expon', distribution_params: [{ value: 1 / total }, { value: 0 }, { value: 1e12 }] },
    rate: total,
    cohorts: some.map(({ cohort, rate }) => ({ cohort, share: rate / total })),
  };
}

function oneStream(cohort: Cohort, findings: Findings): Arrivals | undefined {
  const { arrivals } = cohort;
  if (arrivals.kind !== 'renewal') {
    findings.refuse('arrivals at given times', findings.place(cohort), 'Prosimos draws the times between arrivals');
    return undefined;
  }
  const place = findings.place(cohort);
  const written = findings.attempt('arrivals with times between them', place, () => writtenLaw(arrivals.between));
  if (written === undefined) return undefined;
  if (written.otherwise !== undefined) findings.say('arrivals with times between them', place, written.otherwise);
  const [first] = written.law.distribution_params;
  const mean = written.law.distribution_name === 'uniform' ? meanOf(written.law) : (first?.value ?? 0);
  if (mean > 0) return { law: written.law, rate: 1 / mean, cohorts: [{ cohort, share: 1 }] };
  findings.refuse('arrivals with times between them', place, 'Prosimos needs a time between arrivals');
  return { law: fixed(0), rate: 0, cohorts: [{ cohort, share: 1 }] };
}

function meanOf({ distribution_params: parameters }: ProsimosLaw): number {
  return parameters.reduce((sum, { value }) => sum + value, 0) / parameters.length;
}

/** Patients per second of a cohort that comes at random at a rate; the mean of one that changes. */
function rateOf({ arrivals }: Cohort, input: SimulationInput): number | undefined {
  if (arrivals.kind === 'poisson') return meanRate(arrivals.rate, input.warmUp + input.run);
  if (arrivals.kind !== 'renewal' || arrivals.between.op !== 'draw' || arrivals.between.family !== 'exponential')
    return undefined;
  const { between } = arrivals;
  if (between.from !== undefined || between.to !== undefined || between.parameters[0]?.op !== 'number')
    return undefined;
  const mean = lawOf(between).law.distribution_params[0]?.value ?? 0;
  return mean > 0 ? 1 / mean : undefined;
}

function meanRate({ at, value, period }: StepFunction, end: number): number {
  const until = period ?? end;
  const total = at.reduce((sum, from, i) => {
    const to = Math.min(until, at[i + 1] ?? until);
    return sum + Math.max(0, to - from) * (value[i] ?? 0);
  }, 0);
  return total / until;
}
