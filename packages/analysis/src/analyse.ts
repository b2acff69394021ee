import { applyScenario, type Diagnostic, compareDiagnostics, type Model, type StudyCalendar } from '@pathway/model';
import { periodOf } from './arrival-rate.js';
import type { ModelFacts, OfferedLoad } from './facts.js';
import { demandByActivity } from './demand.js';
import { type Demand, demandOf, offeredLoads, requestsOf } from './offered-load.js';
import { essentialCareReachesItsMinimum, essentialStepsHaveAnotherWay } from './checks/essential-care-holds.js';
import { handoversHaveAWayBack, handoversHaveReceivers } from './checks/handovers-have-receivers.js';
import { holdsInOneOrder } from './checks/holds-in-one-order.js';
import { loadDiagnostics } from './checks/load-within-capacity.js';
import { loadByHourDiagnostics } from './checks/load-within-capacity-by-hour.js';
import { needsFitCapacity, presenceFitsHeadcount } from './checks/needs-fit-capacity.js';
import { pathwaysAreMeasured } from './checks/pathways-are-measured.js';
import { rolesHaveStaff, skillsAreHeld } from './checks/people-can-do-the-work.js';
import { presenceIsKnown } from './checks/presence-is-known.js';
import { skillCover } from './skill-cover.js';

/** The facts of a model as one scenario sees it, and what is worth saying about them. */
export interface Analysis {
  readonly facts: ModelFacts;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The facts of a model in one scenario (as it is without one), and every check that needs no text.
 * @param studyId gives the time over which capacities and loads are averaged; else the first study of the scenario
 * @throws ModelError for an unknown scenario and for impossible numbers
 */
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
  return { facts, diagnostics: diagnosticsOf(changed, demand, loads, demand.calendar).sort(compareDiagnostics) };
}

function diagnosticsOf(
  model: Model,
  demand: Demand,
  loads: readonly OfferedLoad[],
  calendar: StudyCalendar,
): Diagnostic[] {
  return [
    ...holdsInOneOrder(model),
    ...handoversHaveReceivers(model),
    ...handoversHaveAWayBack(model),
    ...essentialStepsHaveAnotherWay(model, calendar),
    ...essentialCareReachesItsMinimum(model, loads, requestsOf(model, demand)),
    ...loadDiagnostics(model, loads),
    ...loadByHourDiagnostics(model, loads, demandByActivity(model, demand), calendar),
    ...skillsAreHeld(model),
    ...rolesHaveStaff(model),
    ...needsFitCapacity(model, calendar),
    ...presenceFitsHeadcount(model, calendar),
    ...presenceIsKnown(model, calendar),
    ...pathwaysAreMeasured(model),
  ];
}
