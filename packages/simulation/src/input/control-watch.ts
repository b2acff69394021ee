import {
  byId,
  clockOccurrences,
  constantValue,
  foldExpression,
  formatOrigin,
  levelIndex,
  levelPlaces,
  type MeasureTarget,
  type Model,
  placeKey,
  type Reading,
  seriesSteps,
  signalsIn,
  type Signal,
  titleOf,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import type { ControlContext } from './control-context.js';
import { isThing } from './expressions.js';
import type { InputControl, InputReading, InputRecent } from './control-types.js';
import type { FlowBuilder } from './flow-builder.js';

/** What readings need to know of the program. */
export interface WatchScope {
  readonly flow: FlowBuilder;
  facilities(id: string): readonly number[];
  /** Requests for something. */
  requests(target: MeasureTarget): readonly number[];
}

type Watching = Pick<InputControl, 'places' | 'signals' | 'recents' | 'triggers' | 'gauges'>;

/** All that is watched, as the model declares it. */
export function compileWatch(context: ControlContext, scope: WatchScope): Watching {
  return new WatchCompiler(context, scope).compile();
}

class WatchCompiler {
  readonly #signals: string[] = [];
  readonly #recents: InputRecent[] = [];

  constructor(
    readonly context: ControlContext,
    readonly scope: WatchScope,
  ) {}

  compile(): Watching {
    const { model } = this.context;
    const ordered = inOrder(model.signals ?? []);
    const signals = ordered.map((signal): Watching['signals'][number] => {
      const { averagedOver, sampledAt, origin } = signal;
      const reads = this.#readsOf(signal);
      this.#signals.push(signal.id);
      return {
        id: signal.id,
        title: titleOf(signal),
        origin: formatOrigin(origin),
        reads,
        ...(averagedOver && {
          window: this.context.constant(averagedOver, 'The time over which a signal is averaged', origin),
        }),
        ...(sampledAt !== undefined && { samples: this.#samples(sampledAt) }),
      };
    });
    const places = levelPlaces(model);
    const keys = places.map(({ scale, organisation }) => placeKey(scale, organisation));
    const triggers = (model.triggers ?? []).map((trigger): Watching['triggers'][number] => {
      const { fires, until, calm, sets, origin } = trigger;
      const seconds = (expression: typeof calm): number =>
        expression === undefined ? 0 : this.context.constant(expression, 'How long a trigger waits', origin);
      return {
        id: trigger.id,
        title: titleOf(trigger),
        origin: formatOrigin(origin),
        ...(fires.kind === 'condition' && { when: this.#reading(fires.when) }),
        lasting: fires.kind === 'condition' ? seconds(fires.lasting) : 0,
        ...(until && { until: this.#reading(until) }),
        calm: seconds(calm),
        ...(sets && {
          sets: {
            place: keys.indexOf(placeKey(sets.scale, sets.organisation)),
            level: levelIndex(model, sets.scale, sets.level),
          },
        }),
      };
    });
    const gauges = (model.gauges ?? []).map((gauge): Watching['gauges'][number] => {
      const level = (name: string): number => levelIndex(model, gauge.scale, name);
      const members = (list: typeof gauge.worstOf): Watching['gauges'][number]['worstOf'] =>
        list.map((each) =>
          each.kind === 'gauge'
            ? { gauge: (model.gauges ?? []).findIndex(({ id }) => id === each.gauge) }
            : { place: keys.indexOf(placeKey(gauge.scale, each.organisation)) },
        );
      return {
        id: gauge.id,
        title: titleOf(gauge),
        origin: formatOrigin(gauge.origin),
        place: keys.indexOf(placeKey(gauge.scale, gauge.organisation)),
        scores: gauge.scores.map(({ value, points }) => ({
          value: this.#reading(value),
          points: points.map(({ points: own, below }) => ({
            points: own,
            ...(below && { below: this.context.constant(below, 'The limit of a score', gauge.origin) }),
          })),
        })),
        thresholds: gauge.thresholds.map(({ level: name, from }) => ({ level: level(name), from })),
        worstOf: members(gauge.worstOf),
        counted: gauge.counted.map((each) => ({
          level: level(each.level),
          count: each.count,
          least: level(each.least),
          members: members(each.members),
        })),
        ...(gauge.sampledAt !== undefined && { samples: this.#samples(gauge.sampledAt) }),
      };
    });
    return {
      places: places.map(({ scale, organisation }) => levelPlaceOf(model, scale, organisation)),
      signals,
      recents: this.#recents,
      triggers,
      gauges,
    };
  }

  #samples(minutes: number): number[] {
    return clockOccurrences(minutes, undefined, this.context.calendar);
  }

  #readsOf(signal: Signal): Watching['signals'][number]['reads'] {
    const { reads } = signal;
    if (reads.kind === 'measure') return this.#reading(reads.value);
    const steps = seriesSteps(signal, this.context.calendar);
    const before = steps.filter(({ time }) => time <= 0).at(-1);
    const later = steps.filter(({ time }) => time > 0);
    return {
      at: [0, ...later.map(({ time }) => time)],
      value: [before?.value ?? null, ...later.map(({ value }) => value ?? null)],
    };
  }

  #reading(reading: Reading): InputReading {
    const go = (part: Reading): InputReading => this.#reading(part);
    switch (reading.kind) {
      case 'constant': {
        const folded = foldExpression(reading.value, this.context.model);
        const value = constantValue(folded, this.context.model);
        if (value === undefined) throw new SimulationError('A value that is watched cannot be decided by chance.');
        return { op: 'number', value };
      }
      case 'operation':
        return { op: 'operation', operator: reading.operator, left: go(reading.left), right: go(reading.right) };
      case 'negate':
      case 'not':
        return { op: reading.kind, of: go(reading.operand) };
      case 'function':
        return { op: 'function', name: reading.name, arguments: reading.arguments.map(go) };
      case 'signal':
        return { op: 'signal', signal: this.#signals.indexOf(reading.signal) };
      case 'state':
        return this.#state(reading);
      case 'recent':
        return { op: 'recent', recent: this.#recent(reading) };
    }
  }

  #state({ measure, of }: Extract<Reading, { kind: 'state' }>): InputReading {
    const { model } = this.context;
    if (measure === 'absence') return { op: 'absence', pools: this.context.poolsOfRole(of, undefined) };
    if (!isThing(of, model))
      return { op: 'waiting', requests: this.scope.requests({ kind: 'activity', activity: of }) };
    return { op: 'state', measure: measure === 'level' ? 'capacity' : measure, facilities: this.scope.facilities(of) };
  }

  #recent({ measure, of, over }: Extract<Reading, { kind: 'recent' }>): number {
    const constant = constantValue(over, this.context.model);
    if (constant === undefined || !(constant > 0)) {
      throw new SimulationError(`What is counted of the last hours needs a time above 0: \`${measure}(…, 24 h)\`.`);
    }
    const recent: InputRecent = { over: constant, of: this.#recentOf(measure, of) };
    const key = JSON.stringify(recent);
    const known = this.#recents.findIndex((each) => JSON.stringify(each) === key);
    return known >= 0 ? known : this.#recents.push(recent) - 1;
  }

  #recentOf(measure: Extract<Reading, { kind: 'recent' }>['measure'], of: string | undefined): InputRecent['of'] {
    const { flow } = this.scope;
    const requests = (target: MeasureTarget): readonly number[] => this.scope.requests(target);
    const { model } = this.context;
    switch (measure) {
      case 'arrivals':
        return { kind: 'arrivals', ...(of !== undefined && { cohort: this.context.cohort(of) }) };
      case 'exits':
        return { kind: 'exits', ...(of !== undefined && { outcome: flow.outcome(of) }) };
      case 'wait': {
        const id = of ?? '';
        if (byId(model.roles, id)) return { kind: 'wait', requests: requests({ kind: 'role', role: id }) };
        const isThing = byId(model.resources, id) ?? byId(model.stocks, id);
        return {
          kind: 'wait',
          requests: requests(isThing ? { kind: 'resource', resource: id } : { kind: 'activity', activity: id }),
        };
      }
      default: {
        const activity = flow.activities.findIndex(({ id }) => id === of);
        return { kind: measure, activity: Math.max(0, activity) };
      }
    }
  }
}

function levelPlaceOf(model: Model, scale: string, organisation: string | undefined): Watching['places'][number] {
  const declared = byId(model.scales ?? [], scale);
  const where = organisation === undefined ? undefined : byId(model.organisations, organisation);
  return {
    scale,
    title: declared === undefined ? scale : titleOf(declared),
    ...(organisation !== undefined && { organisation: where === undefined ? organisation : titleOf(where) }),
    levels: (declared?.levels ?? []).map((level) => ({ name: level.name, title: level.title ?? level.name })),
  };
}

/** Signals after those that they look at. @throws SimulationError where they look at each other in a circle */
function inOrder(signals: readonly Signal[]): readonly Signal[] {
  const done: Signal[] = [];
  const visit = (signal: Signal, open: readonly string[]): void => {
    if (done.includes(signal)) return;
    if (open.includes(signal.id)) {
      throw new SimulationError(`The signal ${titleOf(signal)} looks at itself.`, formatOrigin(signal.origin));
    }
    if (signal.reads.kind === 'measure') {
      for (const id of signalsIn(signal.reads.value)) {
        const other = byId(signals, id);
        if (other !== undefined) visit(other, [...open, signal.id]);
      }
    }
    done.push(signal);
  };
  for (const signal of signals) visit(signal, []);
  return done;
}
