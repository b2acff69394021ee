import { applyScenario, type Diagnostic, compareDiagnostics, type Model } from '@pathway/model';
import { periodOf } from './arrival-rate.js';
import type { ModelFacts } from './facts.js';
import { demandOf, offeredLoads } from './offered-load.js';
import { loadDiagnostics } from './checks/load-within-capacity.js';
import { skillCover } from './skill-cover.js';

/** The facts of a model as one scenario sees it, and what is worth saying about them. */
export interface Analysis {
  readonly facts: ModelFacts;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

export function analyse(model: Model, scenarioId?: string, studyId?: string): Analysis {
  const changed = scenarioId === undefined ? model : applyScenario(model, scenarioId);
  const demand = demandOf(changed, periodOf(changed, scenarioId, studyId));
  const { loads, limits } = offeredLoads(changed, demand);
  const facts = {
    scenario: scenarioId ?? '',
    loads,
    skills: skillCover(changed),
    limits: [...demand.limits, ...limits],
  };
  return { facts, diagnostics: loadDiagnostics(changed, loads).sort(compareDiagnostics) };
}
