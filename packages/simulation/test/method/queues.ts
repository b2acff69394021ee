import type { Model, Study } from '@pathway/model';
import { cohort, draw, every, indicator, n, pathway, resource, step } from '../build.js';

/** The waits for R of mmc. */
const wait = indicator('Wait', { kind: 'wait', of: { kind: 'resource', resource: 'R' } });
/** The share of them that waited at all. */
const waited = indicator('Waited', {
  kind: 'share',
  of: { kind: 'wait', of: { kind: 'resource', resource: 'R' } },
  operator: '>',
  limit: n(0),
});

/** M/M/c with a mean service of 100 and one arrival every `gap`. */
export function mmc(gap: number, servers: number): Partial<Model> {
  return {
    resources: [resource('R', servers)],
    cohorts: [cohort('X', every(gap))],
    pathways: [pathway([step('S', draw('exponential', { mean: 100 }), ['R'])], ['X'])],
    indicators: [wait, waited],
  };
}

/** A model whose studies are changed. */
export function withStudy(whole: Model, changes: Partial<Study>): Model {
  return { ...whole, studies: whole.studies.map((each) => ({ ...each, ...changes })) };
}
