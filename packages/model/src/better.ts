import type { Model } from './model.js';

/** Which way an indicator is better, where its definition or a promise about it says so. */
export type Better = 'lower' | 'higher';

/**
 * Which way an indicator is better: as a promise says (`<=` lower), else by what it measures: times, waits, shares that
 * wait longer than a limit, and money are better low. Undefined where neither tells.
 */
export function betterOf(model: Model, indicator: string): Better | undefined {
  const promise = model.expectations.find((each) => each.indicator === indicator);
  if (promise !== undefined) return promise.operator.startsWith('<') ? 'lower' : 'higher';
  const declared = model.indicators.find(({ id }) => id === indicator);
  if (declared === undefined) return undefined;
  const { measure, dimension } = declared;
  switch (measure.kind) {
    case 'time':
    case 'wait':
      return 'lower';
    case 'share':
      if (measure.of.kind !== 'wait' && measure.of.kind !== 'time') return undefined;
      return measure.operator.startsWith('>') ? 'lower' : measure.operator.startsWith('<') ? 'higher' : undefined;
    case 'outcome share':
      return undefined;
    case 'value':
      return dimension.money === 1 ? 'lower' : undefined;
  }
}
