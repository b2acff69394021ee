import {
  applyScenario,
  compareDiagnostics,
  createDiagnostic,
  type Diagnostic,
  type Model,
  ModelError,
  type Origin,
  withCredentialsOn,
} from '@pathway/model';
import { type Period, periodOf } from './arrival-rate.js';
import { trafficOn } from './traffic.js';
import type { ModelFacts, OfferedLoad } from './facts.js';
import { loadsByNeed, loadsOf } from './demand.js';
import { freshParts, type KeptParts, type Parts } from './kept-parts.js';
import { type Demand, demandOf, offeredLoads, requestsOf } from './offered-load.js';
import { approvalsAreCurrent, approvalsDiffer, ownersApprove } from './checks/approvals-are-current.js';
import { credentialsLast } from './checks/credentials-last.js';
import {
  capacityComesInTime,
  responsesDoWithoutWhatIsLost,
  substitutesAreSupervised,
  systemsAreBackInTime,
} from './checks/crisis/crises-leave-what-is-needed.js';
import {
  essentialCareIsLeft,
  plansAreComplete,
  recoveriesEnd,
  workaroundsReachTheMinimum,
} from './checks/crisis/plans-are-complete.js';
import { adaptedCareHolds } from './checks/crisis/adapted-care-holds.js';
import {
  adaptedPathwaysAreSound,
  handoversStay,
  responsesGoTogether,
  whatIsRelaxedIsWeaker,
} from './checks/crisis/responses-go-together.js';
import { peopleCountOnce } from './checks/crisis/people-count-once.js';
import { batteriesLast, suppliesLast } from './checks/crisis/supplies-last.js';
import { triggersWork } from './checks/crisis/triggers-work.js';
import { essentialCareReachesItsMinimum, essentialStepsHaveAnotherWay } from './checks/essential-care-holds.js';
import { handoversHaveAWayBack, handoversHaveReceivers } from './checks/handovers-have-receivers.js';
import { holdsInOneOrder } from './checks/holds-in-one-order.js';
import { loadDiagnostics } from './checks/load-within-capacity.js';
import { loadByHourDiagnostics } from './checks/load-within-capacity-by-hour.js';
import { needsFitCapacity, presenceFitsHeadcount } from './checks/needs-fit-capacity.js';
import { pathwaysAreMeasured } from './checks/pathways-are-measured.js';
import { rolesHaveStaff, skillsAreHeld } from './checks/people-can-do-the-work.js';
import { agreementsFit, handoversAreAgreed } from './checks/regions/agreements-cover-handovers.js';
import { careHoldsTogether } from './checks/regions/breaks-between-organisations.js';
import { entryPointsAreClear } from './checks/regions/entry-points.js';
import { blockedIsNotApproved } from './checks/regions/questions-are-answered.js';
import { ratersAgree } from './checks/regions/readiness-is-agreed.js';
import { deploymentsAreWhole, populationsAreKnown, territoriesAreReady } from './checks/regions/templates-fit.js';
import { presenceIsKnown } from './checks/presence-is-known.js';
import { relaxedRulesHold } from './checks/crisis/relaxed-rules-hold.js';
import { rostersCanBeKept } from './checks/rosters-can-be-kept.js';
import { rostersHavePeople } from './checks/rosters-have-people.js';
import { skillsAreOnShifts } from './checks/skills-on-shifts.js';
import { studiesLookRight } from './checks/studies-look-right.js';
import { skillCover } from './skill-cover.js';
import { overloadsOf } from './overloads.js';
import { asUsual } from './usual-demand.js';

/** The facts of a model as one scenario sees it, and what is worth saying about them. */
export interface Analysis {
  readonly facts: ModelFacts;
  /** In the order of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The facts of a model in one scenario (as it is without one), and every check that needs no text. Numbers that cannot be
 * computed with become diagnostics; the facts that would follow from them are left out.
 * @param studyId gives the time over which capacities and loads are averaged; else the first study of the scenario
 * @throws ModelError for an unknown scenario
 */
export function analyse(model: Model, scenarioId?: string, studyId?: string): Analysis {
  const written = scenarioId === undefined ? model : applyScenario(model, scenarioId);
  const changed = withCredentialsOn(written, written.studies[0]?.start);
  const analysis = analysisOf(changed, periodOf(changed, scenarioId, studyId), freshParts(changed), scenarioId);
  // What was approved is the model as it is written, not as a scenario changes it.
  return scenarioId === undefined ? withWhatIsWritten(analysis, model) : analysis;
}

/**
 * As `analyse`, of the model as it is, in steps between which others may have their turn.
 * @param kept parts that an earlier version of the model left; those of this one are put in their place
 */
export function* analyseInSteps(written: Model, kept: KeptParts): Generator<undefined, Analysis> {
  const model = withCredentialsOn(written, written.studies[0]?.start);
  const parts = kept.for(model);
  const period = periodOf(model, undefined);
  const troubles = new Troubles(model);
  for (const pathway of model.pathways) {
    // What is impossible is told by the whole.
    troubles.attempt(() => trafficOn(pathway, model, parts));
    yield;
  }
  const demand = troubles.attempt(() => demandOf(model, period, parts));
  if (demand !== undefined) {
    for (const traffic of demand.traffic) {
      troubles.attempt(() => loadsOf(traffic, demand, parts));
      yield;
    }
  }
  return withWhatIsWritten(analysisOf(model, period, parts), written);
}

function withWhatIsWritten({ facts, diagnostics }: Analysis, model: Model): Analysis {
  return { facts, diagnostics: [...diagnostics, ...diagnosticsAsWritten(model)].sort(compareDiagnostics) };
}

function analysisOf(changed: Model, period: Period, parts: Parts, scenarioId?: string): Analysis {
  const troubles = new Troubles(changed);
  const demand = troubles.attempt(() => demandOf(changed, period, parts));
  const offered = demand && troubles.attempt(() => offeredLoads(changed, asUsual(demand, changed)));
  const diagnostics = diagnosticsOf(changed, parts, demand, offered?.loads, period).flatMap(
    (check) => troubles.attempt(check) ?? [],
  );
  const facts = {
    scenario: scenarioId ?? '',
    loads: offered?.loads ?? [],
    skills: skillCover(changed),
    limits: [...(demand?.limits ?? []), ...(offered?.limits ?? []), ...troubles.limits],
  };
  return { facts, diagnostics: [...diagnostics, ...troubles.diagnostics].sort(compareDiagnostics) };
}

function diagnosticsAsWritten(model: Model): Diagnostic[] {
  return [approvalsAreCurrent, approvalsDiffer, ownersApprove, credentialsLast].flatMap((check) => check(model));
}

/** What cannot be computed with, each once. */
class Troubles {
  private readonly found = new Map<string, ModelError>();

  constructor(private readonly model: Model) {}

  /** The result, or undefined where the model says something impossible. */
  attempt<T>(compute: () => T): T | undefined {
    try {
      return compute();
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      this.found.set(error.describe(), error);
      return undefined;
    }
  }

  get diagnostics(): Diagnostic[] {
    return Array.from(this.found.values(), ({ message, origin }) =>
      createDiagnostic('PW4006', { sentence: message }, origin ?? this.start()),
    );
  }

  get limits(): ModelFacts['limits'] {
    return Array.from(this.found.values(), ({ message }) => ({ subject: this.model.title, message }));
  }

  /** Where the text begins, for what says nothing of its place. */
  private start(): Origin {
    const file = [...this.model.studies, ...this.model.pathways, ...this.model.cohorts][0]?.origin.file ?? '';
    return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  }
}

function diagnosticsOf(
  model: Model,
  parts: Parts,
  demand: Demand | undefined,
  loads: readonly OfferedLoad[] | undefined,
  period: Period,
): (() => Diagnostic[])[] {
  const { calendar } = period;
  const known =
    demand !== undefined && loads !== undefined ? { demand, loads, usual: asUsual(demand, model) } : undefined;
  return [
    () => holdsInOneOrder(model),
    () => handoversHaveReceivers(model),
    () => handoversHaveAWayBack(model),
    () => essentialStepsHaveAnotherWay(model, calendar),
    () => (known ? essentialCareReachesItsMinimum(model, known.loads, requestsOf(model, known.usual)) : []),
    () => (known ? loadDiagnostics(model, known.loads, requestsOf(model, known.usual)) : []),
    () => (known ? loadByHourDiagnostics(model, known.loads, loadsByNeed(model, known.usual, parts), calendar) : []),
    () => (known ? skillsAreOnShifts(model, loadsByNeed(model, known.usual, parts)) : []),
    () => (known ? studiesLookRight(model, known.demand, known.loads) : []),
    () => skillsAreHeld(model),
    () => rolesHaveStaff(model),
    () => needsFitCapacity(model, calendar),
    () => presenceFitsHeadcount(model, calendar),
    () => presenceIsKnown(model, calendar),
    () => pathwaysAreMeasured(model),
    () => triggersWork(model),
    () => responsesGoTogether(model),
    () => adaptedPathwaysAreSound(model),
    () => handoversStay(model),
    () => whatIsRelaxedIsWeaker(model),
    () => essentialCareIsLeft(model),
    () => workaroundsReachTheMinimum(model),
    () => responsesDoWithoutWhatIsLost(model),
    () => capacityComesInTime(model),
    () => substitutesAreSupervised(model),
    () => peopleCountOnce(model, calendar),
    () => systemsAreBackInTime(model),
    () => (demand ? suppliesLast(model, demand) : []),
    () => batteriesLast(model),
    () => recoveriesEnd(model),
    () => (known ? adaptedCareHolds(model, period, overloadsOf(known.loads, requestsOf(model, known.usual))) : []),
    () => plansAreComplete(model),
    () => handoversAreAgreed(model),
    () => relaxedRulesHold(model),
    () => rostersHavePeople(model),
    () => rostersCanBeKept(model),
    () => agreementsFit(model),
    () => careHoldsTogether(model, calendar),
    () => entryPointsAreClear(model),
    () => deploymentsAreWhole(model),
    () => territoriesAreReady(model),
    () => populationsAreKnown(model),
    () => ratersAgree(model),
    () => blockedIsNotApproved(model),
  ];
}
