import type { OfferedLoad } from '@pathway/analysis';
import { mostUnseen } from '@pathway/model';
import type { RunWarning, ScenarioResults, StudyResults } from '@pathway/simulation';
import { COUNT_FIGURE, estimatedMean, figure, fixed, percent, plain } from './figures.js';
import type { ReportInput } from './input.js';
import { scenarioTitle } from './study-view.js';
import { BIDI_CONTROLS, named } from './text.js';
import type { Words } from './words/words.js';

/** A warning as a sentence, and the titles of the scenarios in which it was found. */
export interface ScenarioWarning {
  readonly kind: RunWarning['kind'];
  /** Id of the resource or staff group it is about. */
  readonly subject?: string;
  readonly message: string;
  readonly scenarios: readonly string[];
}

const ORDER: readonly RunWarning['kind'][] = [
  'overload',
  'locked',
  'little',
  'no arrivals',
  'unfinished',
  'uneven',
  'unseen',
  'other',
];

/**
 * What a reader must know before any figure: warnings of the runs and, where exact facts show an overload that no run
 * warned of, that too. Overload comes first; the same sentence for several scenarios is said once.
 */
export function warningsOf(words: Words, study: StudyResults, input: ReportInput): readonly ScenarioWarning[] {
  const found = study.scenarios.flatMap((scenario) => {
    const ran = scenario.warnings.map((warning) => ({ ...warning, message: explained(words, warning, scenario) }));
    const subjects = new Set(ran.filter((warning) => warning.kind === 'overload').map((warning) => warning.subject));
    const loads = input.facts.filter((facts) => facts.scenario === scenario.scenario).flatMap((facts) => facts.loads);
    const exact = loads.filter(isOverloaded).filter((load) => !subjects.has(load.id));
    const computed = exact.map((load) => overloadWarning(words, load));
    return [...ran, ...computed].map((warning) => ({ ...warning, scenario: scenario.scenario }));
  });
  const byMessage = new Map<string, ScenarioWarning>();
  for (const { kind, subject, message, scenario } of found) {
    const before = byMessage.get(message);
    const titles = [...(before?.scenarios ?? []), scenarioTitle(study, scenario)];
    byMessage.set(message, {
      kind,
      message,
      scenarios: [...new Set(titles)],
      ...(subject === undefined ? {} : { subject }),
    });
  }
  return [...byMessage.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

/** From this many overloads on, they are told in one warning; the section on resources has the figures of each. */
const MANY_OVERLOADS = 4;

/**
 * Many overloads as one warning and the places it is about, each with the scenarios in which it is overloaded. Undefined
 * where they are few enough to be told one by one.
 */
export function overloadDigest(
  words: Words,
  study: StudyResults,
  warnings: readonly ScenarioWarning[],
): { readonly text: string; readonly items: readonly string[] } | undefined {
  const { say } = words;
  const overloads = warnings.filter((warning) => warning.kind === 'overload');
  if (overloads.length < MANY_OVERLOADS) return undefined;
  const scenarios = new Map<string, Set<string>>();
  for (const { subject, message, scenarios: where } of overloads) {
    const place = named(titleOfResource(study.scenarios, subject) ?? message);
    scenarios.set(place, new Set([...(scenarios.get(place) ?? []), ...where]));
  }
  const text = [
    say`More is asked than can be done at ${scenarios.size} places: queues grow there for as long as the overload lasts.`,
    whatItMeans(words),
    say`Figures for each place are under Resources and census.`,
  ].join(' ');
  const items = [...scenarios].map(([place, where]) =>
    where.size === study.scenarios.length
      ? say`${place}: in every scenario`
      : say`${place}: in ${words.list([...where])}`,
  );
  return { text, items };
}

function whatItMeans({ say }: Words): string {
  return say`Waiting times below describe this run length, not a steady state, and leave out those who still waited at its end.`;
}

function titleOfResource(scenarios: readonly ScenarioResults[], id: string | undefined): string | undefined {
  return scenarios.flatMap(({ resources }) => resources).find((resource) => resource.id === id)?.title;
}

/** `As it is and Two more beds: …`; the scenarios are left out where there is only one in the study. */
export function warningText(words: Words, warning: ScenarioWarning, scenariosInStudy: number): string {
  return scenariosInStudy === 1 ? warning.message : `${words.list(warning.scenarios)}: ${warning.message}`;
}

/** Asked for at least as much as there is, so that a queue grows for as long as it lasts. */
export function isOverloaded(load: OfferedLoad): boolean {
  return load.utilisation !== null && load.utilisation >= 1;
}

/** Worth knowing, but no reason to distrust the figures. */
export function isNote(kind: RunWarning['kind']): boolean {
  return kind === 'unfinished' || kind === 'uneven' || kind === 'unseen' || kind === 'other';
}

/** The sentence of a run in English; in other languages one that says the same from the figures. */
function explained(words: Words, warning: RunWarning, scenario: ScenarioResults): string {
  const message = words.known(named(warning.message));
  const told = words.language === 'en' ? undefined : retold(words, warning, scenario);
  if (told !== undefined) return told;
  const isExplained = warning.kind !== 'overload' || message.includes('steady state');
  const stop = /[.!?]$/.test(message.replace(BIDI_CONTROLS, '')) ? '' : '.';
  return isExplained ? message : `${message}${stop} ${whatItMeans(words)}`;
}

function retold(words: Words, { kind, subject }: RunWarning, scenario: ScenarioResults): string | undefined {
  const { say } = words;
  switch (kind) {
    case 'overload': {
      const resource = scenario.resources.find(({ id }) => id === subject);
      if (resource === undefined) return undefined;
      const busy = resource.utilisation === null ? '–' : percent(words, resource.utilisation.mean);
      const queue = estimatedMean(words, resource.queue, COUNT_FIGURE);
      const what = say`${named(resource.title)} is overloaded: ${busy} of the capacity in use, ${queue} waiting on average.`;
      return `${what} ${whatItMeans(words)}`;
    }
    case 'unfinished': {
      const flow = scenario.pathways.find(({ pathway }) => pathway === subject);
      if (flow === undefined) return undefined;
      const left = estimatedMean(words, flow.inProgressAtEnd, COUNT_FIGURE);
      return say`${named(flow.title)}: on average ${left} patients were still on their way at the end. Times and shares of outcomes count only those who finished.`;
    }
    case 'uneven': {
      const row = scenario.indicators.find(
        ({ indicator, together }) => indicator === subject && together !== undefined,
      );
      if (row?.together === undefined) return undefined;
      const [mean, together] = [figure(words, row.estimate.mean, row), figure(words, row.together, row)];
      return say`${named(row.title)}: ${mean} is the mean of the replications, each counting alike; all patients of all of them together have ${together}, since they are more in some replications than in others.`;
    }
    case 'unseen': {
      const found = scenario.expectations.find(({ expectation }) => expectation === subject);
      if (found === undefined) return undefined;
      const { mean, replications } = found.estimate;
      return say`${named(found.text)}: ${figure(words, mean, { unit: found.unit })} in all ${replications} replications, by which it is decided. With 95% certainty at most ${percent(words, mostUnseen(replications))} of replications show another value; more replications tell more.`;
    }
    case 'no arrivals':
      return say`Nobody of ${named(subject ?? '')} arrived: figures of these patients say nothing.`;
    case 'locked':
      return say`Patients lock one another at ${named(titleOfResource([scenario], subject) ?? subject ?? '')}: each keeps what another waits for.`;
    case 'little':
      return say`A law that every run must obey does not hold. Do not use these figures before that is explained.`;
    case 'other':
      return undefined;
  }
}

function overloadWarning(words: Words, load: OfferedLoad): RunWarning {
  const { say } = words;
  const times = fixed(words, load.utilisation ?? 0, 1);
  const isAll = (load.utilisation ?? 0) < 1.05;
  const offered = plain(words, load.load);
  const title = named(load.title);
  const asked = isAll
    ? say`${title} is asked for all of what there is (offered load ${offered}), so queues grow for as long as the run lasts.`
    : say`${title} is asked for ${times} times what there is (offered load ${offered}, capacity ${plain(words, load.capacity ?? 0)}), so queues grow for as long as the run lasts.`;
  return { kind: 'overload', subject: load.id, message: `${asked} ${whatItMeans(words)}` };
}
