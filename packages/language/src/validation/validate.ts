import type { AstNode } from 'langium';
import type { Diagnostic } from '@pathway/model';
import { compareDiagnostics, type DiagnosticCode } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { clockTimesExist, datesExist, timetableLineIsPossible, weekdaysDiffer } from './calendar.js';
import {
  attributeHasCategories,
  branchesAreOfOneKind,
  branchSharesAddUp,
  everyBranchCanBeTaken,
  everyValueHasABranch,
} from './choices.js';
import type { Check, ValidationContext } from './context.js';
import { conversionIsPossible } from './conversions.js';
import {
  activationIsPossible,
  alertWordIsKnown,
  arrivalsChangeByAnAmount,
  changeFitsThePlace,
  curveIsComplete,
  gaugeGivesALevel,
  membersShareTheScale,
  polygonIsARing,
  scoreIsComplete,
  signalReadsOneThing,
  teamsAreOfOneScale,
  workaroundIsOfWork,
} from './crises.js';
import { activitiesDiffer, declarationsDiffer, partsDiffer, OWNERS, propertiesDiffer } from './duplicates.js';
import {
  expectationIsMeasured,
  indicatorHasOneMeasure,
  limitMeasuresTheSame,
  rowExists,
  rowsExist,
  statisticExists,
  timeHasLength,
} from './evidence.js';
import { arrivalIsPossible, callIsPossible, waitedIsPossible } from './calls.js';
import { contractIsPerTime } from './demands.js';
import {
  columnHasNoShares,
  negationFits,
  operandsFit,
  optionSharesAddUp,
  unitIsKnown,
  unitOfDrawsIsKnown,
  valuesAreAlike,
} from './expression-checks.js';
import { signalIsWatched } from './measures.js';
import {
  elseCanBeTaken,
  handoverGoesToAnother,
  needsAreNotHeldAlready,
  needsDiffer,
  releasedIsHeld,
  somebodyCanWait,
  stepHasAnOwner,
  stepSaysHowLong,
  targetCountsFromBefore,
} from './needs.js';
import {
  activitiesCanBeReached,
  callsEnd,
  entryIsPossible,
  goToIsPossible,
  loopEnds,
  pathwayHasATitle,
  pathwayIsNotEmpty,
  patientsHaveTheAttribute,
} from './order.js';
import { peopleArePseudonymous } from './people.js';
import {
  dependsOnOthersOnly,
  seedIsWhole,
  settingIsPossible,
  settingsDiffer,
  studyBeginsAtAMoment,
  studyIsComplete,
} from './planning.js';
import {
  findIsPossible,
  planSetsArePossible,
  pressureIsPossible,
  leverIsPossible,
  longRunIsPossible,
  precisionIsPossible,
  rankingIsPossible,
  replicationIsPossible,
  sensitivityIsPossible,
  uncertaintyFits,
  variationIsPossible,
} from './methods.js';
import {
  datesAreInOrder,
  partiesDiffer,
  pricesAreOfTheirKind,
  pricesDiffer,
  reviewIsByTheCalendar,
} from './regions.js';
import { presentPatientsHaveAPlace } from './present.js';
import {
  groupsAreOfPatients,
  moveIsPossible,
  raceHasWays,
  valueFitsTheAttribute,
  wordsOfAHoldWork,
  wordsOfAStepWork,
} from './interruptions.js';
import { PLACES, placesFit } from './quantity-places.js';
import { instrumentIsInOrder, ratingsCount, requiredPointsExist } from './readiness.js';
import { agesAreApart, bindingsFit, deploymentsDiffer, deploysATemplate, needsAreOfATemplate } from './templates.js';
import { tableFillsItsPeriod } from './tables.js';
import {
  changesDiffer,
  dayIsInTheRoster,
  onlyRequestsCost,
  pairIsPossible,
  periodIsPossible,
  ratioIsPossible,
  rosterIsComplete,
  refusalsAreWhole,
  ruleCanBeKept,
} from './rosters.js';
import { consumptionIsPossible, stockHasALevel } from './stock.js';
import {
  actionTextsDiffer,
  languageIsATag,
  languagesAreTags,
  titleIsTranslated,
  titlesDiffer,
} from './translations.js';
import { travelIsPossible, travelTableHasAUnit } from './travel.js';
import { declarationsAreUsed } from './unused.js';
import { groupsHaveNoClockTime, hoursFitTheRate } from './groups.js';
import { importsAreUsed } from './linking.js';
import { codeIsWellFormed, wordIsKnown } from './words.js';
import { numberHasASource } from './sources.js';
import { numberIsOfFewParts } from './number-size.js';
import { nodesOf } from '../tree/nodes.js';

/** Checks of several types of nodes, by the types in which they find something to look at. */
const SHARED: readonly (readonly [Check<AstNode>, readonly string[]])[] = [
  [placesFit, PLACES],
  [groupsHaveNoClockTime, ['CountedArrivals', 'PlainValue']],
  [hoursFitTheRate, ['CountedArrivals', 'PlainValue']],
  [
    clockTimesExist,
    [
      'Shift',
      'ScheduleRule',
      'CountedArrivals',
      'AppointmentArrivals',
      'DeliveryProperty',
      'FromProperty',
      'Wait',
      'SampledProperty',
      'CrisisMoment',
      'StudyMoment',
    ],
  ],
  [
    datesExist,
    [
      'DateLiteral',
      'DateProperty',
      'FromProperty',
      'ScheduleRule',
      'DeliveryProperty',
      'CrisisMoment',
      'StudyMoment',
      'SignedProperty',
      'ValidProperty',
      'RosterPeriod',
      'RosterDay',
      'Assessment',
      'Improvement',
      'AskedProperty',
      'DecidedProperty',
      'RosterCover',
      'RosterAbsence',
      'RosterLevel',
      'RosterChange',
    ],
  ],
  [wordIsKnown, ['GradeProperty', 'AimProperty', 'KindProperty', 'SectorProperty', 'EntrypointProperty']],
  [codeIsWellFormed, ['CodeProperty', 'HolidaysProperty', 'UrlProperty', 'ContactProperty', 'TimezoneProperty']],
  [partsDiffer, ['Cohort', 'OneOf', 'LevelsProperty', 'Together', 'Race', 'Scale', 'Instrument', 'Assessment']],
  [propertiesDiffer, OWNERS],
  [attributeHasCategories, ['Choose', 'Cases', 'ByAttributeProperty']],
];

const SHARED_BY_TYPE: ReadonlyMap<string, readonly Check<AstNode>[]> = new Map(
  [...new Set(SHARED.flatMap(([, types]) => types))].map((type) => [
    type,
    SHARED.filter(([, types]) => types.includes(type)).map(([check]) => check),
  ]),
);

type Runner = (node: AstNode, context: ValidationContext) => Iterable<Diagnostic>;

/** Runs checks on the nodes of one type; the guard tells them apart for the compiler too. */
function on<T extends AstNode>(guard: (node: unknown) => node is T, ...checks: readonly Check<T>[]): Runner {
  return function* run(node, context) {
    if (!guard(node)) return;
    for (const check of checks) yield* check(node, context);
  };
}

const BY_TYPE: Readonly<Record<string, Runner>> = {
  Document: on(ast.isDocument, declarationsDiffer, declarationsAreUsed, importsAreUsed, titleIsTranslated),
  NumberLiteral: on(ast.isNumberLiteral, unitIsKnown),
  FunctionCall: on(ast.isFunctionCall, unitOfDrawsIsKnown, callIsPossible),
  EmpiricalColumn: on(ast.isEmpiricalColumn, unitOfDrawsIsKnown),
  Attribute: on(ast.isAttribute, unitOfDrawsIsKnown, columnHasNoShares),
  BinaryExpression: on(ast.isBinaryExpression, operandsFit),
  Negation: on(ast.isNegation, negationFits),
  Extreme: on(ast.isExtreme, valuesAreAlike),
  Cases: on(ast.isCases, valuesAreAlike, everyBranchCanBeTaken, everyValueHasABranch),
  OneOf: on(ast.isOneOf, optionSharesAddUp),
  ScheduleRule: on(ast.isScheduleRule, timetableLineIsPossible),
  DayRange: on(ast.isDayRange, weekdaysDiffer),
  TableArrivals: on(ast.isTableArrivals, tableFillsItsPeriod),
  Profile: on(ast.isProfile, tableFillsItsPeriod),
  Stock: on(ast.isStock, stockHasALevel),
  Travel: on(ast.isTravel, travelIsPossible),
  TravelTable: on(ast.isTravelTable, travelTableHasAUnit),
  NumberDeclaration: on(
    ast.isNumberDeclaration,
    dependsOnOthersOnly,
    numberIsOfFewParts,
    numberHasASource,
    uncertaintyFits,
  ),
  Organisation: on(ast.isOrganisation, dependsOnOthersOnly),
  Staff: on(ast.isStaff, peopleArePseudonymous),
  ContractProperty: on(ast.isContractProperty, contractIsPerTime),
  Pathway: on(
    ast.isPathway,
    activitiesDiffer,
    pathwayIsNotEmpty,
    pathwayHasATitle,
    activitiesCanBeReached,
    patientsHaveTheAttribute,
  ),
  CohortEntry: on(ast.isCohortEntry, entryIsPossible),
  Step: on(
    ast.isStep,
    needsDiffer,
    needsAreNotHeldAlready,
    stepSaysHowLong,
    stepHasAnOwner,
    consumptionIsPossible,
    wordsOfAStepWork,
  ),
  MovesProperty: on(ast.isMovesProperty, moveIsPossible),
  HandoverProperty: on(ast.isHandoverProperty, handoverGoesToAnother),
  WithinProperty: on(ast.isWithinProperty, targetCountsFromBefore),
  WaitsProperty: on(ast.isWaitsProperty, somebodyCanWait),
  Hold: on(ast.isHold, activitiesCanBeReached, needsDiffer, needsAreNotHeldAlready, elseCanBeTaken, wordsOfAHoldWork),
  Block: on(ast.isBlock, activitiesCanBeReached),
  Release: on(ast.isRelease, releasedIsHeld),
  Choose: on(ast.isChoose, branchesAreOfOneKind, everyBranchCanBeTaken, branchSharesAddUp, everyValueHasABranch),
  Branch: on(ast.isBranch, activitiesCanBeReached),
  TogetherBranch: on(ast.isTogetherBranch, activitiesCanBeReached),
  Repeat: on(ast.isRepeat, activitiesCanBeReached, loopEnds),
  Race: on(ast.isRace, raceHasWays),
  Gather: on(ast.isGather, activitiesCanBeReached, groupsAreOfPatients),
  SetAttribute: on(ast.isSetAttribute, valueFitsTheAttribute),
  NameReference: on(ast.isNameReference, signalIsWatched),
  WaitedSoFar: on(ast.isWaitedSoFar, waitedIsPossible),
  ArrivalMoment: on(ast.isArrivalMoment, arrivalIsPossible),
  GoTo: on(ast.isGoTo, goToIsPossible),
  Call: on(ast.isCall, callsEnd),
  Indicator: on(ast.isIndicator, indicatorHasOneMeasure),
  Translation: on(ast.isTranslation, titlesDiffer),
  CardAction: on(ast.isCardAction, actionTextsDiffer),
  TranslatedTitle: on(ast.isTranslatedTitle, languageIsATag),
  TableVariable: on(ast.isTableVariable, rowsExist),
  TimeMeasure: on(ast.isTimeMeasure, timeHasLength),
  Expectation: on(ast.isExpectation, statisticExists, limitMeasuresTheSame, rowExists, expectationIsMeasured),
  Signal: on(ast.isSignal, signalReadsOneThing),
  Gauge: on(ast.isGauge, gaugeGivesALevel),
  ScoreProperty: on(ast.isScoreProperty, scoreIsComplete),
  WorstProperty: on(ast.isWorstProperty, membersShareTheScale),
  CountedLevel: on(ast.isCountedLevel, membersShareTheScale),
  AlertAspect: on(ast.isAlertAspect, alertWordIsKnown),
  PolygonProperty: on(ast.isPolygonProperty, polygonIsARing),
  CurveFormula: on(ast.isCurveFormula, curveIsComplete),
  ArrivalsEffect: on(ast.isArrivalsEffect, arrivalsChangeByAnAmount),
  Response: on(ast.isResponse, activitiesDiffer),
  Activation: on(ast.isActivation, activationIsPossible),
  StateInForce: on(ast.isStateInForce, activationIsPossible),
  ChangePatch: on(ast.isChangePatch, changeFitsThePlace),
  TeamPatch: on(ast.isTeamPatch, teamsAreOfOneScale),
  DependsProperty: on(ast.isDependsProperty, workaroundIsOfWork),
  Agreement: on(ast.isAgreement, partiesDiffer, datesAreInOrder),
  ReviewProperty: on(ast.isReviewProperty, reviewIsByTheCalendar),
  LanguagesProperty: on(ast.isLanguagesProperty, languagesAreTags),
  Payer: on(ast.isPayer, pricesDiffer),
  Requirement: on(ast.isRequirement, needsAreOfATemplate, requiredPointsExist),
  Deployment: on(ast.isDeployment, deploysATemplate, deploymentsDiffer, bindingsFit),
  PopulationArrivals: on(ast.isPopulationArrivals, agesAreApart),
  Territory: on(ast.isTerritory, agesAreApart),
  Instrument: on(ast.isInstrument, instrumentIsInOrder),
  Assessment: on(ast.isAssessment, ratingsCount),
  Tariff: on(ast.isTariff, pricesAreOfTheirKind),
  Scenario: on(ast.isScenario, settingsDiffer, dependsOnOthersOnly),
  Setting: on(ast.isSetting, settingIsPossible),
  Conversion: on(ast.isConversion, conversionIsPossible),
  Roster: on(ast.isRoster, rosterIsComplete, dayIsInTheRoster, changesDiffer),
  RosterCover: on(ast.isRosterCover, ratioIsPossible),
  RosterDay: on(ast.isRosterDay, onlyRequestsCost),
  RosterPair: on(ast.isRosterPair, pairIsPossible),
  RosterPeriod: on(ast.isRosterPeriod, periodIsPossible),
  RunRule: on(ast.isRunRule, ruleCanBeKept),
  CountRule: on(ast.isCountRule, ruleCanBeKept),
  FairRule: on(ast.isFairRule, refusalsAreWhole),
  OffAfterNights: on(ast.isOffAfterNights, ruleCanBeKept),
  WeekendRule: on(ast.isWeekendRule, ruleCanBeKept),
  RuleSet: on(ast.isRuleSet, dependsOnOthersOnly),
  Study: on(ast.isStudy, studyIsComplete, studyBeginsAtAMoment),
  PresentGroup: on(ast.isPresentGroup, presentPatientsHaveAPlace),
  ReplicateProperty: on(ast.isReplicateProperty, replicationIsPossible),
  PrecisionTarget: on(ast.isPrecisionTarget, precisionIsPossible),
  FigureReference: on(ast.isFigureReference, statisticExists, rowExists),
  LongRunProperty: on(ast.isLongRunProperty, longRunIsPossible),
  RankProperty: on(ast.isRankProperty, rankingIsPossible),
  SensitivityProperty: on(ast.isSensitivityProperty, sensitivityIsPossible),
  PlansProperty: on(ast.isPlansProperty, planSetsArePossible),
  PressureProperty: on(ast.isPressureProperty, pressureIsPossible),
  FindProperty: on(ast.isFindProperty, findIsPossible),
  FindLever: on(ast.isFindLever, leverIsPossible),
  VaryProperty: on(ast.isVaryProperty, variationIsPossible),
  SeedProperty: on(ast.isSeedProperty, seedIsWhole),
};

/**
 * What is wrong in a linked file, by place. Half-parsed files are welcome: a check that lacks what it needs says
 * nothing, and in a compilation with mistakes of syntax nothing is said to be missing, since one of them may have
 * swallowed it. Names without a target are told by `validateNames`, comments that silence are read by
 * `applyAllowances`.
 */
export function validateDocument(root: ast.Document, context: ValidationContext): Diagnostic[] {
  return withoutAbsent(findingsIn(root, context), context.isBroken);
}

/** As validateDocument, where what is missing is told even if a mistake of syntax may have swallowed it. */
export function findingsIn(root: ast.Document, context: ValidationContext): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const node of nodesOf(root)) {
    for (const check of SHARED_BY_TYPE.get(node.$type) ?? []) found.push(...check(node, context));
    const run = BY_TYPE[node.$type];
    if (run !== undefined) found.push(...run(node, context));
  }
  return found.sort(compareDiagnostics);
}

/** Takes away what tells of something missing, where texts are broken. */
export function withoutAbsent(found: readonly Diagnostic[], isBroken: boolean): Diagnostic[] {
  return isBroken ? found.filter(({ code }) => !OF_ABSENCE.has(code)) : [...found];
}

/** Codes that tell of something missing. */
const OF_ABSENCE: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  'PW2005',
  'PW2006',
  'PW2015',
  'PW3001',
  'PW3002',
  'PW3003',
  'PW3005',
  'PW3007',
  'PW3013',
  'PW3017',
  'PW3018',
  'PW3022',
  'PW3026',
  'PW3027',
  'PW6002',
  'PW6003',
  'PW6004',
  'PW7003',
  'PW7004',
  'PW7006',
]);
