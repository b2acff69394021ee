import { activitiesOf, type Model, titleOf } from '@pathway/model';
import type { StudyResults } from '@pathway/simulation';
import { DURATION_FIGURE, figure } from '../figures.js';
import type { ReportInput } from '../input.js';
import { numberUses } from '../provenance.js';
import { countSentence } from '../sections/sources-section.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type Block, heading, list, paragraph } from './blocks.js';

/**
 * The reporting checklist STRESS-DES, filled from the model: Monks T, Currie CSM, Onggo BS, Robinson S, Kunc M, Taylor
 * SJE. Strengthening the reporting of empirical simulation studies: Introducing the STRESS guidelines. Journal of
 * Simulation 2019;13:55–67, doi 10.1080/17477778.2018.1442155. What the model does not say is said to be missing.
 */
export function stressBlocks(words: Words, input: ReportInput): readonly Block[] {
  const { say } = words;
  const { model, results } = input;
  return [
    paragraph(
      say`After Monks et al. 2019, doi 10.1080/17477778.2018.1442155. Filled from the model; whoever publishes the study adds what the model does not say.`,
    ),
    heading(3, say`1. Objectives`),
    list([
      item(say`1.1 Purpose of the model`, pathwayDocumentation(model), words),
      item(say`1.2 Model outputs`, joined(model.indicators.map((each) => named(titleOf(each)))), words),
      item(say`1.3 Aims of the experiments`, joined(results.map((study) => named(study.title))), words),
    ]),
    heading(3, say`2. Logic`),
    list([
      item(
        say`2.1 Diagram of the base model`,
        model.pathways.length === 0 ? '' : say`The drawing of each pathway in this report.`,
        words,
      ),
      item(say`2.2 Base model logic`, joined(model.pathways.map((each) => named(titleOf(each)))), words),
      item(say`2.3 Scenario logic`, joined(scenarioLogic(model, words)), words),
      item(
        say`2.4 Algorithms`,
        say`Queues by priority, then by time of request; a step takes all that it needs at once. The semantics of the language say this precisely.`,
        words,
      ),
      item(say`2.5 Entities`, joined(model.cohorts.map((each) => named(titleOf(each)))), words),
      item(say`2.5 Activities`, joined(activityTitles(model)), words),
      item(
        say`2.5 Resources`,
        joined([...model.resources, ...model.staff, ...model.stocks].map((each) => named(titleOf(each)))),
        words,
      ),
      item(say`2.5 Queues`, say`One for each resource and group of staff that patients wait for.`, words),
      item(say`2.5 Entry and exit points`, joined(exits(model)), words),
    ]),
    heading(3, say`3. Data`),
    list([
      item(say`3.1 Data sources`, joined(model.sources.map((each) => named(titleOf(each)))), words),
      item(say`3.2 Preprocessing`, '', words),
      item(
        say`3.3 Input parameters`,
        countSentence(
          words,
          numberUses(model),
          numberUses(model).filter(({ sources }) => sources.length === 0),
        ),
        words,
      ),
      item(say`3.4 Assumptions`, joined(assumptions(model)), words),
    ]),
    ...results.flatMap((study) => experimentBlocks(words, study, results.length)),
    heading(3, say`5. Implementation`),
    list([
      item(say`5.1 Software or programming language`, say`Pathway, language version ${model.languageVersion}`, words),
      item(
        say`5.2 Random sampling`,
        say`A counter-based generator keyed by seed, replication, patient, step and visit, so that scenarios are compared with the same luck.`,
        words,
      ),
      item(
        say`5.3 Model execution`,
        say`Event-driven, with the order of events at one instant fixed by the language.`,
        words,
      ),
      item(say`5.4 System specification`, '', words),
    ]),
    heading(3, say`6. Code access`),
    list([
      item(
        say`6.1 Access to the model`,
        say`The text of the model with the source hash ${model.sourceHash.slice(0, 12)}`,
        words,
      ),
    ]),
  ];
}

function item(term: string, value: string, { say }: Words): string {
  return `${term}: ${value === '' ? say`the model does not say.` : value}`;
}

function experimentBlocks(words: Words, study: StudyResults, studies: number): Block[] {
  const { say } = words;
  const title = say`4. Experimentation`;
  const times = study.scenarios.map(({ replications }) => replications);
  const [least, most] = [Math.min(...times), Math.max(...times)];
  return [
    heading(3, studies === 1 ? title : `${title}: ${named(study.title)}`),
    list([
      item(
        say`4.1 Initialisation`,
        study.warmUp > 0
          ? say`A warm-up of ${figure(words, study.warmUp, DURATION_FIGURE)} is not counted.`
          : say`The clock begins without a warm-up.`,
        words,
      ),
      item(say`4.2 Run length`, figure(words, study.runLength, DURATION_FIGURE), words),
      item(
        say`4.3 Estimation approach`,
        least === most
          ? say`${least} replications of each scenario, means with 95 % intervals by Student's t, differences paired.`
          : say`${least} to ${most} replications of each scenario, means with 95 % intervals by Student's t, differences paired.`,
        words,
      ),
    ]),
  ];
}

function joined(texts: readonly string[]): string {
  return [...new Set(texts)].join('; ');
}

function pathwayDocumentation(model: Model): string {
  return joined(
    model.pathways.flatMap(({ documentation }) => (documentation === undefined ? [] : [named(documentation)])),
  );
}

function scenarioLogic(model: Model, { say }: Words): readonly string[] {
  return model.scenarios.map((scenario) => {
    const changes = scenario.overrides.map(({ text }) => named(text)).join(', ');
    return `${named(titleOf(scenario))}: ${changes === '' ? say`as declared` : changes}`;
  });
}

function activityTitles(model: Model): readonly string[] {
  return model.pathways.flatMap((pathway) =>
    activitiesOf(pathway).flatMap((activity) =>
      activity.kind === 'step' || activity.kind === 'hold' ? [named(titleOf(activity))] : [],
    ),
  );
}

function exits(model: Model): readonly string[] {
  return model.pathways.flatMap((pathway) => {
    const ends = activitiesOf(pathway).flatMap((activity) =>
      activity.kind === 'finish' ? [named(activity.title ?? activity.outcome)] : [],
    );
    return [`${named(titleOf(pathway))} → ${ends.length === 0 ? '●' : [...new Set(ends)].join(', ')}`];
  });
}

/** Sources of grade C and D, and how much has none. */
function assumptions(model: Model): readonly string[] {
  const graded = model.sources
    .filter(({ grade }) => grade === 'C' || grade === 'D')
    .map((each) => named(titleOf(each)));
  const without = numberUses(model)
    .filter(({ sources }) => sources.length === 0)
    .map(({ title }) => named(title));
  return [...graded, ...without.slice(0, 12), ...(without.length > 12 ? ['…'] : [])];
}
