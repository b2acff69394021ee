export * from './origin.js';
export * from './dimension.js';
export * from './expression.js';
export * from './schedule.js';
export * from './elements.js';
export { heldOn, withCredentialsOn } from './credentials.js';
export * from './flow.js';
export * from './measurement.js';
export * from './study.js';
export * from './approval.js';
export * from './demand.js';
export { CAP_ASPECTS } from './crisis/alert-words.js';
export * from './crisis/watching.js';
export * from './crisis/crisis.js';
export * from './crisis/response.js';
export * from './crisis/composition.js';
export { epidemicCounts } from './crisis/epidemic.js';
export * from './crisis/watch/index.js';
export { compositionOrder, composeResponses, conflictsAmong, type Composition } from './crisis/compose.js';
export { type Unsoundness, unsoundnessOf } from './crisis/soundness.js';
export * from './regions/agreement.js';
export * from './regions/payer.js';
export * from './regions/template.js';
export * from './regions/readiness.js';
export * from './regions/dialogue.js';
export { type AssessmentResult, type Consensus, consensusOf, latestAssessment } from './regions/consensus.js';
export {
  type DeclaredTemplate,
  deployedAlso,
  isWhole,
  neededElements,
  openNeeds,
  withTemplates,
} from './regions/deploy.js';
export { agesText, peopleOfAge } from './regions/population.js';
export { budgetLines, type BudgetLine } from './regions/budget.js';
export * from './rosters.js';
export { isSameKindOfRule, ruleSetsIn, strictnessOf } from './working-rules.js';
export * from './shift.js';
export { openingHours, type OpeningHours } from './regions/opening-hours.js';
export * from './model.js';
export { emptyModel } from './empty-model.js';
export * from './model-error.js';
export { CURRENCY_CODES, isCurrency, minorDigits } from './currencies.js';
export { editDistance, nearestText } from './edit-distance.js';
export * from './units.js';
export * from './format.js';
export * from './evaluate.js';
export { dimensionOf } from './dimension-of.js';
export { expressionText, FUNCTION_WORDS } from './expression-text.js';
export * from './distribution-forms.js';
export * from './resolved-distribution.js';
export { resolveDistribution } from './resolve-distribution.js';
export * from './distributions.js';
export * from './attribute-knowledge.js';
export { byId, lookUpThrough } from './by-id.js';
export * from './walk.js';
export { mentionedIn, WORDS_TO_READ } from './mentions.js';
export { MEANING_HASH, meaningHash, meaningParts } from './meaning.js';
export * from './json.js';
export { audienceText, capitalised, channelText, sectorText } from './common-names.js';
export { localiseModel, titleIn } from './localise.js';
export { sayDuration, sayInterval, sayShare } from './said-quantities.js';
export { applyScenario, scenarioChain } from './apply-scenario.js';
export { withVariations } from './vary.js';
export { planSets, tooManySets, USUAL_PLAN_SETS, withAllPlanSets } from './plan-sets.js';
export { type Better, betterOf } from './better.js';
export { figuresOf, figureTitle } from './study-figures.js';
export * from './diagnostics/define.js';
export * from './diagnostics/catalogue.js';
export {
  calendarOf,
  clockChanges,
  clockOccurrences,
  elapsedAt,
  hourOfWeekAt,
  type LocalDay,
  localDays,
  localTimeAt,
  type StudyCalendar,
  timestampWriter,
} from './calendar.js';
export { type CapacityChange, capacityChanges, hourlyAmounts, meanCapacity, weeklyAverage } from './capacity.js';
export { type AppointmentArrivals, bookedTimes } from './appointments.js';
export { groupOf, meanGroup, meanPeople } from './group-size.js';
export { mostUnseen } from './unseen.js';
export { isSteadyRate, type RateChange, rateChanges, type RatedArrivals } from './arrival-rates.js';
export {
  erlangB,
  erlangC,
  fewestServers,
  poissonProbabilities,
  waitingLine,
  type WaitingLine,
  waitingLongerThan,
} from './queueing.js';
export { underAssumptions } from './condition.js';
export { meanOfExpression, type MomentResult, quantileOfExpression, varianceOfExpression } from './moments.js';
export { MODEL_SCHEMA_ID, modelJsonSchema, modelSchema, parseModel } from './schema/model-schema.js';
export {
  hashOfPackageBytes,
  hashOfPackageText,
  integrityOf,
  LOCK_FILE,
  type LockedPackage,
  type PackageLock,
  packageLockJsonSchema,
  packageLockText,
  PACKAGES_FOLDER,
  parsePackageLock,
} from './package-lock.js';
export { originSchema } from './schema/common-schema.js';
export { watcherStateSchema } from './schema/watcher-schema.js';
export { incompleteBeta, logGamma, lowerGamma, normalCdf, normalQuantile, upperGamma } from './special-functions.js';
