import type { InputRecent } from '../input/control-types.js';
import type { SimulationInput } from '../input/types.js';
import type { InputFormula, InputIndicator, InputMeasure } from '../input/measure-types.js';
import { readIndicators } from './counted.js';
import { partsOf } from './formula-parts.js';
import { type Observable, observableKey, observableOf } from './observables.js';

/** Collects the observations of one indicator (or of the measure inside a share), overall and by group. */
export interface Collector {
  readonly indicator: number;
  /** Those whose patients count; undefined where all do. */
  readonly cohorts: readonly number[] | undefined;
  /** Attribute that observations are grouped by; -1 for none. */
  readonly by: number;
  /** Categories that are told apart, each with a sample after the first, which is overall. */
  readonly categories: readonly number[];
  /** For shares: the comparison that an observation is to meet; it then counts as 1, else as 0. */
  readonly test: { readonly operator: string; readonly limit: number } | undefined;
}

/** What happens at a moment: starts of measured times to remember, and ends at which to observe. */
export interface MomentHook {
  readonly remember: Int32Array;
  readonly observe: Int32Array;
  /** What is watched counts such moments. */
  readonly recents: Int32Array;
}

/** The collectors of an input and where they listen. */
export interface CollectorTable {
  readonly collectors: readonly Collector[];
  /** By activity. */
  readonly request: readonly (MomentHook | undefined)[];
  readonly start: readonly (MomentHook | undefined)[];
  readonly end: readonly (MomentHook | undefined)[];
  readonly arrival: MomentHook | undefined;
  readonly exit: MomentHook | undefined;
  /** By site: collectors of its waits. */
  readonly waits: readonly (Int32Array | undefined)[];
  /** By site: what is watched of its waits. */
  readonly recentWaits: readonly (Int32Array | undefined)[];
  /** By outcome share indicator: collector and outcome. */
  readonly outcomes: readonly { readonly collector: number; readonly outcome: number }[];
}

/** Places the collectors of an input: those of the indicators that are read, of which a method reads the whole alone. @param siteInstruction instruction of each site */
export function placeCollectors(input: SimulationInput, siteInstruction: Int32Array): CollectorTable {
  const collectors: Collector[] = [];
  const remember = new Map<string, number[]>();
  const observe = new Map<string, number[]>();
  const waits: number[][] = Array.from(siteInstruction, () => []);
  const outcomes: { collector: number; outcome: number }[] = [];
  const keyOf = (moment: number): string => {
    const m = input.moments[moment];
    return m === undefined ? '' : 'activity' in m ? `${m.at} ${m.activity}` : m.at;
  };
  const isRead = readIndicators(input);
  input.indicators.forEach((indicator, index) => {
    if (isRead[index] !== true) return;
    const inner = innermost(indicator.measure);
    if (inner.kind === 'value' || inner.kind === 'share') return;
    const place = collectors.push(newCollector(input, indicator, index, inner)) - 1;
    if (inner.kind === 'time') {
      push(remember, keyOf(inner.from), place);
      push(observe, keyOf(inner.to), place);
    } else if (inner.kind === 'wait') {
      siteInstruction.forEach((instruction, site) => {
        if (inner.requests.includes(instruction)) waits[site]?.push(place);
      });
    } else {
      outcomes.push({ collector: place, outcome: inner.outcome });
    }
  });
  const recents = new Map<string, number[]>();
  const recentWaits: number[][] = Array.from(siteInstruction, () => []);
  (input.control?.recents ?? []).forEach(({ of }, place) => {
    if (of.kind === 'wait') {
      siteInstruction.forEach((instruction, site) => {
        if (of.requests.includes(instruction)) recentWaits[site]?.push(place);
      });
    } else push(recents, momentOf(of), place);
  });
  const hook = (key: string): MomentHook | undefined => {
    const from = remember.get(key);
    const to = observe.get(key);
    const counted = recents.get(key);
    if (from === undefined && to === undefined && counted === undefined) return undefined;
    return {
      remember: Int32Array.from(from ?? []),
      observe: Int32Array.from(to ?? []),
      recents: Int32Array.from(counted ?? []),
    };
  };
  for (const { activity, first, last } of input.control?.standIns ?? []) {
    for (const lists of [remember, observe, recents]) {
      for (const at of ['request', 'start'])
        for (const place of lists.get(`${at} ${activity}`) ?? []) push(lists, `${at} ${first}`, place);
      for (const place of lists.get(`end ${activity}`) ?? []) push(lists, `end ${last}`, place);
    }
  }
  const byActivity = (at: string): (MomentHook | undefined)[] => input.activities.map((_, i) => hook(`${at} ${i}`));
  return {
    collectors,
    request: byActivity('request'),
    start: byActivity('start'),
    end: byActivity('end'),
    arrival: hook('arrival'),
    exit: hook('exit'),
    waits: waits.map((list) => (list.length > 0 ? Int32Array.from(list) : undefined)),
    recentWaits: recentWaits.map((list) => (list.length > 0 ? Int32Array.from(list) : undefined)),
    outcomes,
  };
}

/** The moment at which something that is watched is counted. */
function momentOf(of: Exclude<InputRecent['of'], { kind: 'wait' }>): string {
  if (of.kind === 'starts') return `start ${of.activity}`;
  if (of.kind === 'completions') return `end ${of.activity}`;
  return of.kind === 'arrivals' ? 'arrival' : 'exit';
}

/** The measure that makes observations: what a share is a share of. */
function innermost(measure: InputMeasure): InputMeasure {
  return measure.kind === 'share' ? innermost(measure.of) : measure;
}

function newCollector(
  input: SimulationInput,
  indicator: InputIndicator,
  index: number,
  inner: Exclude<InputMeasure, { kind: 'value' | 'share' }>,
): Collector {
  const { measure } = indicator;
  const by = input.reads === undefined ? indicator.by : undefined;
  return {
    indicator: index,
    cohorts: inner.cohorts,
    by: by ?? -1,
    categories: by === undefined ? [] : (input.attributes[by]?.categories ?? []),
    test: measure.kind === 'share' ? { operator: measure.operator, limit: measure.limit } : undefined,
  };
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** What the `probability` conditions of the indicators that are read count together: each distinct list once. */
export function jointObservables(input: SimulationInput): (readonly Observable[])[] {
  const lists = new Map<string, readonly Observable[]>();
  const isRead = readIndicators(input);
  input.indicators.forEach(({ measure }, i) => {
    if (isRead[i] !== true || measure.kind !== 'value') return;
    for (const part of partsOf(measure.value)) {
      if (part.op !== 'probability') continue;
      const observables = new Map<string, Observable>();
      collectObservables(part.condition, observables);
      if (observables.size > 0) lists.set([...observables.keys()].join(';'), [...observables.values()]);
    }
  });
  return [...lists.values()];
}

function collectObservables(formula: InputFormula, into: Map<string, Observable>): void {
  for (const part of partsOf(formula)) {
    const observable = observableOf(part);
    if (observable !== undefined) into.set(observableKey(observable), observable);
  }
}
