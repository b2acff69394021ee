import {
  byId,
  constantValue,
  createDiagnostic,
  type Diagnostic,
  formatDuration,
  type Model,
  type Study,
} from '@pathway/model';
import type { OfferedLoad } from '../facts.js';
import type { Demand } from '../offered-load.js';
import { dormantIn } from '../usual-demand.js';

/**
 * What looks wrong with studies before they run: a warm-up longer than the run, nobody who arrives, a run shorter than the
 * time for which something is kept. All of it may be meant, and runs all the same.
 * @param loads of the model as it is declared, or as a scenario sees it
 */
export function studiesLookRight(model: Model, demand: Demand, loads: readonly OfferedLoad[]): Diagnostic[] {
  return model.studies.flatMap((study) => [
    ...runIsLongerThanWarmUp(model, study),
    ...somebodyArrives(model, study, demand),
    ...runIsLongerThanStays(model, study, loads),
  ]);
}

function runIsLongerThanWarmUp(model: Model, study: Study): Diagnostic[] {
  const run = constantValue(study.run, model);
  const warmUp = constantValue(study.warmUp, model);
  if (run === undefined || warmUp === undefined || warmUp <= run) return [];
  const params = { study: study.name, warmUp: formatDuration(warmUp), run: formatDuration(run) };
  return [createDiagnostic('PW7011', params, study.origin)];
}

function somebodyArrives(model: Model, study: Study, demand: Demand): Diagnostic[] {
  const takesPart = model.pathways.filter(({ id }) => study.pathways.length === 0 || study.pathways.includes(id));
  const cohorts = takesPart.flatMap((pathway) => pathway.cohorts.map(({ cohort }) => cohort));
  const dormant = dormantIn(model, study.scenarios);
  // A text without any cohort is a draft, and says so by itself. Without a closed form of the rate somebody may well arrive.
  const known = cohorts.map((id) =>
    byId(model.cohorts, id) === undefined || dormant.has(id) ? 0 : demand.rates.get(id)?.rate,
  );
  if (takesPart.length === 0 || model.cohorts.length === 0 || study.present !== undefined) return [];
  if (known.some((rate) => rate === undefined || rate > 0)) return [];
  return [createDiagnostic('PW7012', { study: study.name }, study.origin)];
}

function runIsLongerThanStays(model: Model, study: Study, loads: readonly OfferedLoad[]): Diagnostic[] {
  const run = constantValue(study.run, model);
  // Who is there at the start is seen to leave, and a look ahead is short on purpose.
  if (run === undefined || run <= 0 || study.present !== undefined) return [];
  const longest = loads.reduce<OfferedLoad | undefined>(
    (most, each) => (each.requestRate > 0 && each.meanTimeKept > (most?.meanTimeKept ?? 0) ? each : most),
    undefined,
  );
  if (longest === undefined || longest.meanTimeKept <= run) return [];
  const params = {
    study: study.name,
    run: formatDuration(run),
    name: longest.title,
    kept: formatDuration(longest.meanTimeKept),
  };
  return [createDiagnostic('PW7013', params, study.origin)];
}
