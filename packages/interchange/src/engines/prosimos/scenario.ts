import type { InputPool, SimulationInput } from '@pathway/simulation';
import type { BpmnProcess } from '../../bpmn/process.js';
import { plainText } from '../program-text.js';
import { arrivalsOf } from './arrivals.js';
import { AT_ALL_TIMES, type TimePeriod, weeklyUnits } from './calendars.js';
import { type CaseAttribute, CaseAttributes } from './case-attributes.js';
import { type BpmnWayOfChoice, FreshNames } from './chart.js';
import type { Condition } from './conditions.js';
import { Findings } from './findings.js';
import { ProsimosFlow } from './flow.js';
import type { WrittenTask } from './flow-draft.js';
import type { ProsimosLaw } from './laws.js';
import { type PrioritisationRule, prioritiesOf } from './priorities.js';

/** A study for Prosimos: the process, the parameters beside it, and how often and from when it is run. */
export interface ProsimosScenario {
  /** Absent where something is refused. */
  readonly process?: BpmnProcess;
  readonly parameters: ProsimosParameters;
  /** About as many as come in the study, warm-up and all. */
  readonly cases: number;
  /** ISO 8601; the local time of the study, told as that of UTC. */
  readonly startingAt: string;
  readonly refused: readonly string[];
  readonly otherwise: readonly string[];
}

/** What stands in the JSON file; durations in seconds. */
interface ProsimosParameters {
  readonly model_type: 'CRISP';
  readonly resource_profiles: readonly {
    readonly id: string;
    readonly name: string;
    readonly resource_list: readonly ResourceEntry[];
  }[];
  readonly resource_calendars: readonly Calendar[];
  readonly task_resource_distribution: readonly {
    readonly task_id: string;
    readonly resources: readonly ({ readonly resource_id: string } & ProsimosLaw)[];
  }[];
  readonly arrival_time_distribution: ProsimosLaw;
  readonly arrival_time_calendar: readonly TimePeriod[];
  readonly gateway_branching_probabilities: readonly {
    readonly gateway_id: string;
    readonly probabilities: readonly {
      readonly path_id: string;
      readonly value: number;
      readonly condition_id?: string;
    }[];
  }[];
  readonly branch_rules: readonly { readonly id: string; readonly rules: Condition }[];
  readonly batch_processing: readonly BatchProcessing[];
  readonly event_distribution: readonly ({ readonly event_id: string } & ProsimosLaw)[];
  readonly case_attributes: readonly CaseAttribute[];
  readonly prioritisation_rules: readonly PrioritisationRule[];
}

interface ResourceEntry {
  readonly id: string;
  readonly name: string;
  readonly cost_per_hour: number;
  readonly amount: number;
  readonly calendar: string;
  readonly assignedTasks: readonly string[];
}

/** When several cases go through a task at once, and how long it takes of the time of one. */
interface BatchProcessing {
  readonly task_id: string;
  readonly type: 'Parallel';
  readonly size_distrib: readonly { readonly key: string; readonly value: number }[];
  readonly duration_distrib: readonly { readonly key: string; readonly value: number }[];
  readonly firing_rules: readonly (readonly {
    readonly attribute: 'size';
    readonly comparison: '=';
    readonly value: number;
  }[])[];
}

interface Calendar {
  readonly id: string;
  readonly name: string;
  readonly time_periods: readonly TimePeriod[];
}

/**
 * A simulation input as a process and parameters for Prosimos, in which a case goes from task to task and each task takes
 * one unit. Whatever has no place there is refused or told.
 */
export function prosimosScenario(input: SimulationInput): ProsimosScenario {
  const findings = new Findings(input);
  const arrivals = arrivalsOf(input, findings);
  const attributes = new CaseAttributes(input, arrivals?.cohorts ?? []);
  const flow = new ProsimosFlow(input, attributes, findings);
  const supply = supplyOf(input, flow.tasks, findings);
  const choices = flow.chart.choices();
  const priorities = findings.attempt('priority that varies', input.title, () => prioritiesOf(attributes)) ?? [];
  for (const text of attributes.otherwise) findings.say('numbers in attributes', 'attributes', text);
  const { refused, otherwise } = findings;
  const isWhole = refused.length === 0 && arrivals !== undefined;
  return {
    ...(isWhole && {
      process: flow.chart.process(new FreshNames().of('Process', input.study), plainText(input.title)),
    }),
    parameters: {
      model_type: 'CRISP',
      ...supply,
      arrival_time_distribution: arrivals?.law ?? { distribution_name: 'fix', distribution_params: [] },
      arrival_time_calendar: AT_ALL_TIMES,
      gateway_branching_probabilities: choices.map(({ gateway, ways }) => ({
        gateway_id: gateway,
        probabilities: probabilities(ways),
      })),
      branch_rules: choices.flatMap(({ ways }) =>
        ways.flatMap(({ id, condition }) => (condition === undefined ? [] : [{ id: ruleId(id), rules: condition }])),
      ),
      batch_processing: flow.batches.map(({ id, size }) => batchOf(id, size)),
      event_distribution: flow.events.map(({ id, law }) => ({ event_id: id, ...law })),
      case_attributes: attributes.written(),
      prioritisation_rules: priorities,
    },
    cases: Math.max(1, Math.ceil((arrivals?.rate ?? 0) * (input.warmUp + input.run))),
    startingAt: `${input.start.slice(0, 16)}:00.000000+00:00`,
    refused,
    otherwise,
  };
}

/** A group of a size: nobody goes alone, and all take the time of one together, of which Prosimos has each take a part. */
function batchOf(task: string, size: number): BatchProcessing {
  return {
    task_id: task,
    type: 'Parallel',
    size_distrib: [
      { key: '1', value: 0 },
      { key: String(size), value: 1 },
    ],
    duration_distrib: [{ key: String(size), value: 1 / size }],
    firing_rules: [[{ attribute: 'size', comparison: '=', value: size }]],
  };
}

type Supply = Pick<ProsimosParameters, 'resource_profiles' | 'resource_calendars' | 'task_resource_distribution'>;

/** A facility as a profile, its pools as resources with as many units as there are at the same times of every week. */
function supplyOf(input: SimulationInput, tasks: readonly WrittenTask[], findings: Findings): Supply {
  const calendars = new Map<string, Calendar>();
  const calendarOf = (periods: readonly TimePeriod[]): string => {
    const key = JSON.stringify(periods);
    const isAlways = key === JSON.stringify(AT_ALL_TIMES);
    const own = `Calendar_${calendars.size + 1}`;
    const known = calendars.get(key) ?? { id: own, name: isAlways ? 'At all times' : own, time_periods: periods };
    calendars.set(key, known);
    return known.id;
  };
  const used = new Set(tasks.flatMap(({ pools }) => pools));
  const names = new FreshNames();
  const entries = new Map<number, readonly ResourceEntry[]>();
  input.pools.forEach((pool, index) => {
    if (!used.has(index)) return;
    const groups = unitsOf(pool, input, findings);
    const facility = input.facilities[pool.facility];
    const name = pool.id === '' ? (facility?.id ?? '') : pool.id;
    entries.set(
      index,
      groups.map(({ amount, periods }) => ({
        id: names.of('Resource', name),
        name: plainText(name),
        cost_per_hour: (facility?.cost ?? 0) * 3600,
        amount,
        calendar: calendarOf(periods),
        assignedTasks: tasks.filter(({ pools }) => pools.includes(index)).map(({ id }) => id),
      })),
    );
  });
  const profiles = input.facilities.flatMap(({ id, title }, facility) => {
    const list = input.pools.flatMap((pool, index) => (pool.facility === facility ? (entries.get(index) ?? []) : []));
    return list.length === 0 ? [] : [{ id: names.of('Profile', id), name: plainText(title), resource_list: list }];
  });
  return {
    resource_profiles: profiles,
    resource_calendars: [...calendars.values()],
    task_resource_distribution: tasks.map(({ id, pools, law }) => ({
      task_id: id,
      resources: pools.flatMap((pool) => (entries.get(pool) ?? []).map((entry) => ({ resource_id: entry.id, ...law }))),
    })),
  };
}

function unitsOf(pool: InputPool, input: SimulationInput, findings: Findings): ReturnType<typeof weeklyUnits> & object {
  if (pool.capacity === 'unlimited') return [];
  const units = weeklyUnits(pool.capacity, input);
  if (units !== undefined) return units;
  findings.refuse(
    'capacity that changes',
    findings.place(input.facilities[pool.facility]),
    'Prosimos has calendars that are the same every week',
  );
  return [];
}

/** Shares of the ways out of a gateway, which add to 1 to the last digit that is looked at. */
function probabilities(
  ways: readonly BpmnWayOfChoice[],
): ProsimosParameters['gateway_branching_probabilities'][number]['probabilities'] {
  const total = ways.reduce((sum, { share = 0 }) => sum + share, 0);
  return ways.map(({ id, share = 0, condition }) => ({
    path_id: id,
    value: total > 0 ? share / total : 1 / ways.length,
    ...(condition !== undefined && { condition_id: ruleId(id) }),
  }));
}

function ruleId(way: string): string {
  return way.replace(/^Flow/, 'Rule');
}
