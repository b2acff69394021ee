import type { Model } from '@pathway/model';
import { LANGUAGE_VERSION, withTemplates } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { neededBy } from '../scope/symbols.js';
import { lowerCohort } from './demand.js';
import { lowerPathway } from './flow.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerApproval, lowerExpectation, lowerIndicator } from './measurement.js';
import { lowerRole, lowerShift, lowerSkill, lowerStaff } from './people.js';
import { lowerRoster, lowerRuleSet } from './rosters.js';
import { lowerScenario } from './planning.js';
import { lowerAssessment, lowerInstrument } from './readiness.js';
import { lowerAgreement, lowerDecision, lowerPayer, lowerQuestion } from './regions.js';
import { lowerDeployment, lowerTemplate } from './templates.js';
import { lowerCrisis } from './crises.js';
import { lowerResponse } from './responses.js';
import { lowerStudy } from './studies.js';
import { lowerStock } from './stock.js';
import { lowerGauge, lowerScale, lowerSignal, lowerTrigger } from './watching.js';
import { lowerNumberDeclaration, lowerOrganisation, lowerResource, lowerSource, lowerTerritory } from './structure.js';

/** The model of linked files, in order of import and then of text. */
export function lower(
  roots: readonly ast.Document[],
  context: LoweringContext,
  head: { readonly title: string; readonly sourceHash: string },
): Model {
  const declarations = roots.flatMap((root) => root.declarations).flatMap((each) => withNeeds(each));
  context.numbers = declarations.filter(ast.isNumberDeclaration).map((node) => lowerNumberDeclaration(node, context));
  const territories = declarations.filter(ast.isTerritory).map((node) => lowerTerritory(node, context));
  const expectations = declarations.filter(ast.isExpectation);
  const approvals = declarations.filter(ast.isApproval);
  const staff = declarations.filter(ast.isStaff).map((node) => lowerStaff(node, context));
  const declared = {
    languageVersion: LANGUAGE_VERSION,
    sourceHash: head.sourceHash,
    title: head.title,
    sources: declarations.filter(ast.isSource).map((node) => lowerSource(node, context)),
    territories,
    organisations: declarations.filter(ast.isOrganisation).map((node) => lowerOrganisation(node, context)),
    skills: declarations.filter(ast.isSkill).map((node) => lowerSkill(node, context)),
    roles: declarations.filter(ast.isRole).map((node) => lowerRole(node, context)),
    shifts: declarations.filter(ast.isShift).map((node) => lowerShift(node, context)),
    staff,
    resources: declarations.filter(ast.isResource).map((node) => lowerResource(node, context)),
    stocks: declarations.filter(ast.isStock).map((node) => lowerStock(node, context)),
    travel: declarations.filter(ast.isTravel).map((node) => context.travel.of(node)),
    numbers: context.numbers,
    cohorts: declarations.filter(ast.isCohort).map((node) => lowerCohort(node, context)),
    pathways: declarations.filter(ast.isPathway).map((node) => lowerPathway(node, context)),
    indicators: declarations.filter(ast.isIndicator).map((node) => lowerIndicator(node, context)),
    expectations: expectations.map((node, index) => lowerExpectation(node, index, context)),
    ...crisisLists(declarations, context),
    ...regionLists(declarations, context),
    ...withoutEmpty({
      ruleSets: declarations.filter(ast.isRuleSet).map((node) => lowerRuleSet(node, context)),
      rosters: declarations.filter(ast.isRoster).map((node) => lowerRoster(node, staff, context)),
    }),
    scenarios: declarations.filter(ast.isScenario).map((node) => lowerScenario(node, context)),
    studies: declarations.filter(ast.isStudy).map((node) => lowerStudy(node, territories, context)),
    ...(approvals.length > 0 && { approvals: approvals.map((node) => lowerApproval(node, context)) }),
  };
  const templates = declarations.filter(ast.isPathway).filter(({ template }) => template);
  return withTemplates(
    declared,
    templates.map((node) => lowerTemplate(node, context)),
  );
}

/** What a template needs is declared as what stands for it; what the model makes of a template sees to that. */
function withNeeds(declaration: ast.Declaration): readonly ast.Declaration[] {
  return ast.isPathway(declaration) ? [...neededBy(declaration), declaration] : [declaration];
}

/** Lists of what is watched, can happen and is done then; those that are empty are left out. */
function crisisLists(declarations: readonly ast.Declaration[], context: LoweringContext): Partial<Model> {
  const lists = {
    scales: declarations.filter(ast.isScale).map((node) => lowerScale(node, context)),
    signals: declarations.filter(ast.isSignal).map((node) => lowerSignal(node, context)),
    gauges: declarations.filter(ast.isGauge).map((node) => lowerGauge(node, context)),
    triggers: declarations.filter(ast.isTrigger).map((node) => lowerTrigger(node, context)),
    crises: declarations.filter(ast.isCrisis).map((node) => lowerCrisis(node, context)),
    responses: declarations.filter(ast.isResponse).map((node) => lowerResponse(node, context)),
  };
  return withoutEmpty(lists);
}

/** Lists of what holds between organisations; those that are empty are left out. */
function regionLists(declarations: readonly ast.Declaration[], context: LoweringContext): Partial<Model> {
  return withoutEmpty({
    agreements: declarations.filter(ast.isAgreement).map((node) => lowerAgreement(node, context)),
    payers: declarations.filter(ast.isPayer).map((node) => lowerPayer(node, context)),
    deployments: declarations.filter(ast.isDeployment).map((node) => lowerDeployment(node, context)),
    instruments: declarations.filter(ast.isInstrument).map((node) => lowerInstrument(node, context)),
    assessments: declarations.filter(ast.isAssessment).map((node) => lowerAssessment(node, context)),
    questions: declarations.filter(ast.isQuestion).map((node) => lowerQuestion(node, context)),
    decisions: declarations.filter(ast.isDecision).map((node) => lowerDecision(node, context)),
  });
}

function withoutEmpty(lists: Readonly<Record<string, readonly unknown[]>>): Partial<Model> {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}
