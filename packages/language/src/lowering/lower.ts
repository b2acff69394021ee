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
import { lowerDeployment, lowerTemplate, lowerUsage } from './templates.js';
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
  const declarations = declarationsOf(roots);
  context.numbers = declarations
    .filter(ast.isNumberDeclaration)
    .map((node) => context.unit(node, lowerNumberDeclaration));
  const territories = declarations.filter(ast.isTerritory).map((node) => context.unit(node, lowerTerritory));
  const expectations = declarations.filter(ast.isExpectation);
  const approvals = declarations.filter(ast.isApproval);
  const staff = declarations.filter(ast.isStaff).map((node) => context.unit(node, lowerStaff));
  const declared = {
    languageVersion: LANGUAGE_VERSION,
    sourceHash: head.sourceHash,
    title: head.title,
    sources: declarations.filter(ast.isSource).map((node) => context.unit(node, lowerSource)),
    territories,
    organisations: declarations.filter(ast.isOrganisation).map((node) => context.unit(node, lowerOrganisation)),
    skills: declarations.filter(ast.isSkill).map((node) => context.unit(node, lowerSkill)),
    roles: declarations.filter(ast.isRole).map((node) => context.unit(node, lowerRole)),
    shifts: declarations.filter(ast.isShift).map((node) => context.unit(node, lowerShift)),
    staff,
    resources: declarations.filter(ast.isResource).map((node) => context.unit(node, lowerResource)),
    stocks: declarations.filter(ast.isStock).map((node) => context.unit(node, lowerStock)),
    travel: declarations.filter(ast.isTravel).map((node) => context.travel.of(node)),
    numbers: context.numbers,
    cohorts: declarations.filter(ast.isCohort).map((node) => context.unit(node, lowerCohort)),
    pathways: declarations.filter(ast.isPathway).map((node) => context.unit(node, lowerPathway)),
    indicators: declarations.filter(ast.isIndicator).map((node) => context.unit(node, lowerIndicator)),
    expectations: expectations.map((node, index) => lowerExpectation(node, index, context)),
    ...crisisLists(declarations, context),
    ...regionLists(declarations, context),
    ...withoutEmpty({
      ruleSets: declarations.filter(ast.isRuleSet).map((node) => context.unit(node, lowerRuleSet)),
      rosters: declarations.filter(ast.isRoster).map((node) => lowerRoster(node, staff, context)),
    }),
    scenarios: declarations.filter(ast.isScenario).map((node) => context.unit(node, lowerScenario)),
    studies: declarations.filter(ast.isStudy).map((node) => lowerStudy(node, territories, context)),
    ...(approvals.length > 0 && { approvals: approvals.map((node) => context.unit(node, lowerApproval)) }),
  };
  const templates = declarations.filter(ast.isPathway).filter(({ template }) => template);
  return withTemplates(
    declared,
    templates.map((node) => lowerTemplate(node, context)),
  );
}

/** Everything that is declared, in order, with what templates need. */
export function declarationsOf(roots: readonly ast.Document[]): readonly ast.Declaration[] {
  return roots.flatMap((root) => root.declarations).flatMap((each) => withNeeds(each));
}

/** What a template needs is declared as what stands for it; what the model makes of a template sees to that. */
function withNeeds(declaration: ast.Declaration): readonly ast.Declaration[] {
  return ast.isPathway(declaration) ? [...neededBy(declaration), declaration] : [declaration];
}

/** Lists of what is watched, can happen and is done then; those that are empty are left out. */
function crisisLists(declarations: readonly ast.Declaration[], context: LoweringContext): Partial<Model> {
  const lists = {
    scales: declarations.filter(ast.isScale).map((node) => context.unit(node, lowerScale)),
    signals: declarations.filter(ast.isSignal).map((node) => context.unit(node, lowerSignal)),
    gauges: declarations.filter(ast.isGauge).map((node) => context.unit(node, lowerGauge)),
    triggers: declarations.filter(ast.isTrigger).map((node) => context.unit(node, lowerTrigger)),
    crises: declarations.filter(ast.isCrisis).map((node) => context.unit(node, lowerCrisis)),
    responses: declarations.filter(ast.isResponse).map((node) => context.unit(node, lowerResponse)),
  };
  return withoutEmpty(lists);
}

/** Lists of what holds between organisations; those that are empty are left out. */
function regionLists(declarations: readonly ast.Declaration[], context: LoweringContext): Partial<Model> {
  return withoutEmpty({
    agreements: declarations.filter(ast.isAgreement).map((node) => context.unit(node, lowerAgreement)),
    payers: declarations.filter(ast.isPayer).map((node) => context.unit(node, lowerPayer)),
    deployments: declarations.filter(ast.isDeployment).map((node) => context.unit(node, lowerDeployment)),
    usages: declarations.filter(ast.isUsage).map((node) => context.unit(node, lowerUsage)),
    instruments: declarations.filter(ast.isInstrument).map((node) => context.unit(node, lowerInstrument)),
    assessments: declarations.filter(ast.isAssessment).map((node) => context.unit(node, lowerAssessment)),
    questions: declarations.filter(ast.isQuestion).map((node) => context.unit(node, lowerQuestion)),
    decisions: declarations.filter(ast.isDecision).map((node) => context.unit(node, lowerDecision)),
  });
}

function withoutEmpty(lists: Readonly<Record<string, readonly unknown[]>>): Partial<Model> {
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}
