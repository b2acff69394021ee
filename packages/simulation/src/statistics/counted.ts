import type { SimulationInput } from '../input/types.js';
import { partsOf } from './formula-parts.js';

/*
 * What a run counts: everything, unless its input says what is read of its results.
 */

/** By indicator, whether it is read: by whoever asked for the results, by an expectation, or by another one that is. */
export function readIndicators({ indicators, expectations, compared = [], reads }: SimulationInput): boolean[] {
  if (reads === undefined) return indicators.map(() => true);
  const isRead = indicators.map(() => false);
  const open = [...reads.indicators];
  if (reads.expectations) open.push(...[...expectations, ...compared].map(({ indicator }) => indicator));
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const measure = indicators[place]?.measure;
    if (measure === undefined || isRead[place] === true) continue;
    isRead[place] = true;
    if (measure.kind !== 'value') continue;
    for (const part of partsOf(measure.value)) if (part.op === 'indicator') open.push(part.indicator);
  }
  return isRead;
}

/**
 * By facility, whether the time with its units in use, with requests that wait and with its capacity is counted: where an
 * indicator that is read looks at it.
 */
export function countedFacilities(input: SimulationInput): boolean[] {
  const { facilities, indicators, reads } = input;
  if (reads === undefined) return facilities.map(() => true);
  const isCounted = facilities.map(() => false);
  const isRead = readIndicators(input);
  indicators.forEach(({ measure }, i) => {
    if (isRead[i] !== true || measure.kind !== 'value') return;
    for (const part of partsOf(measure.value)) {
      if (!('facilities' in part) && part.op !== 'cost') continue;
      for (const f of part.facilities ?? facilities.keys()) isCounted[f] = true;
    }
  });
  return isCounted;
}
