import {
  byId,
  constantValue,
  createDiagnostic,
  type Diagnostic,
  type Model,
  type Reading,
  titleOf,
  type Trigger,
} from '@pathway/model';
import { headOf } from './responses-go-together.js';

/** What a value can be at all. */
interface Range {
  readonly least: number;
  readonly most: number;
}

const ANYTHING: Range = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
const NOT_NEGATIVE: Range = { least: 0, most: Number.POSITIVE_INFINITY };
const SHARE: Range = { least: 0, most: 1 };

/** A trigger can fire, can end, and does not begin again the moment it ends. */
export function triggersWork(model: Model): Diagnostic[] {
  return (model.triggers ?? []).flatMap((trigger) => {
    if (trigger.fires.kind !== 'condition') return [];
    const name = titleOf(trigger);
    const place = headOf(trigger.origin);
    if (!canHold(trigger.fires.when, true, model)) return [createDiagnostic('PW6015', { trigger: name }, place)];
    if (trigger.until === undefined) {
      return [createDiagnostic('PW6016', { trigger: name, reason: 'it does not say until when' }, place)];
    }
    if (!canHold(trigger.until, true, model)) {
      return [createDiagnostic('PW6016', { trigger: name, reason: 'what it waits for to end never comes' }, place)];
    }
    return flaps(trigger, model) ? [createDiagnostic('PW6017', { trigger: name }, place)] : [];
  });
}

/** Whether a condition can have a truth value, as far as the bounds of what it reads tell. */
function canHold(reading: Reading, wanted: boolean, model: Model): boolean {
  switch (reading.kind) {
    case 'not':
      return canHold(reading.operand, !wanted, model);
    case 'operation': {
      const { operator, left, right } = reading;
      if (operator === 'and' || operator === 'or') {
        const both = (operator === 'and') === wanted;
        const sides = [left, right].map((side) => canHold(side, wanted, model));
        return both ? sides.every(Boolean) : sides.some(Boolean);
      }
      return comparisonCanHold(operator, rangeOf(left, model), rangeOf(right, model), wanted);
    }
    case 'constant':
      return reading.value.kind !== 'boolean' || reading.value.value === wanted;
    default:
      return true;
  }
}

const OPPOSITE: Readonly<Record<string, string>> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '=': '!=', '!=': '=' };

function comparisonCanHold(operator: string, a: Range, b: Range, wanted: boolean): boolean {
  switch (wanted ? operator : OPPOSITE[operator]) {
    case '<':
      return a.least < b.most;
    case '<=':
      return a.least <= b.most;
    case '>':
      return a.most > b.least;
    case '>=':
      return a.most >= b.least;
    case '=':
      return a.least <= b.most && b.least <= a.most;
    default:
      return true;
  }
}

function rangeOf(reading: Reading, model: Model): Range {
  switch (reading.kind) {
    case 'constant': {
      const value = constantValue(reading.value, model);
      return value === undefined ? ANYTHING : { least: value, most: value };
    }
    case 'negate': {
      const { least, most } = rangeOf(reading.operand, model);
      return { least: -most, most: -least };
    }
    case 'state':
      return reading.measure === 'occupancy' || reading.measure === 'absence' ? SHARE : NOT_NEGATIVE;
    case 'recent':
      return NOT_NEGATIVE;
    case 'signal': {
      const reads = byId(model.signals ?? [], reading.signal)?.reads;
      if (reads?.kind === 'measure') return rangeOf(reads.value, model);
      const values = reads?.values ?? [];
      if (values.length === 0) return ANYTHING;
      const ends = values.reduce(
        (range, value) => ({ least: Math.min(range.least, value), most: Math.max(range.most, value) }),
        {
          least: Number.POSITIVE_INFINITY,
          most: Number.NEGATIVE_INFINITY,
        },
      );
      return ends;
    }
    default:
      return ANYTHING;
  }
}

interface Threshold {
  readonly of: string;
  readonly side: 'above' | 'below';
  readonly at: number;
  readonly strict: boolean;
}

/**
 * Whether the condition that begins and the one that ends can hold at the same time, or lie so close that one value is
 * enough for both and nothing has to last: `> 90 %` until `< 95 %`, or `> 90 %` until `<= 90 %`.
 */
function flaps({ fires, until, calm }: Trigger, model: Model): boolean {
  if (fires.kind !== 'condition' || until === undefined) return false;
  const [begins, ends] = [thresholdOf(fires.when, model), thresholdOf(until, model)];
  if (begins === undefined || begins.of !== ends?.of) return false;
  if (begins.side === ends.side) return true;
  const gap = begins.side === 'above' ? begins.at - ends.at : ends.at - begins.at;
  if (gap !== 0) return gap < 0;
  if (!begins.strict && !ends.strict) return true;
  return fires.lasting === undefined && calm === undefined;
}

/** What a single comparison asks: a value above or below a constant. */
function thresholdOf(reading: Reading, model: Model): Threshold | undefined {
  if (reading.kind !== 'operation' || !['<', '<=', '>', '>='].includes(reading.operator)) return undefined;
  const [left, right] = [constantOf(reading.left, model), constantOf(reading.right, model)];
  const strict = reading.operator.length === 1;
  const above = reading.operator.startsWith('>');
  if (right !== undefined && left === undefined) {
    return { of: textOf(reading.left), side: above ? 'above' : 'below', at: right, strict };
  }
  if (left !== undefined && right === undefined) {
    return { of: textOf(reading.right), side: above ? 'below' : 'above', at: left, strict };
  }
  return undefined;
}

function constantOf(reading: Reading, model: Model): number | undefined {
  return reading.kind === 'constant' ? constantValue(reading.value, model) : undefined;
}

/** Readings of the same thing have the same text; where they were written does not count. */
function textOf(reading: Reading): string {
  return JSON.stringify(reading, (key, value: unknown) => (key === 'origin' || key === 'unit' ? undefined : value));
}
