import type { OfferedLoad } from '@pathway/analysis';
import type { RunWarning, StudyResults } from '@pathway/simulation';
import { fixed, plain } from './figures.js';
import type { ReportInput } from './input.js';
import { scenarioTitle } from './study-view.js';
import { listOf, named } from './text.js';

/** A warning as a sentence, and the titles of the scenarios in which it was found. */
export interface ScenarioWarning {
  readonly kind: RunWarning['kind'];
  /** Id of the resource or staff group it is about. */
  readonly subject?: string;
  readonly message: string;
  readonly scenarios: readonly string[];
}

const WHAT_OVERLOAD_MEANS = 'Waiting times below describe this run length, not a steady state.';
const ORDER: readonly RunWarning['kind'][] = ['overload', 'locked', 'little', 'no arrivals', 'unfinished', 'other'];

/**
 * What a reader must know before any figure: warnings of the runs and, where exact facts show an overload that no run
 * warned of, that too. Overload comes first; the same sentence for several scenarios is said once.
 */
export function warningsOf(study: StudyResults, input: ReportInput): readonly ScenarioWarning[] {
  const found = study.scenarios.flatMap((scenario) => {
    const ran = scenario.warnings.map((warning) => ({ ...warning, message: explained(warning) }));
    const subjects = new Set(ran.filter((warning) => warning.kind === 'overload').map((warning) => warning.subject));
    const loads = input.facts.filter((facts) => facts.scenario === scenario.scenario).flatMap((facts) => facts.loads);
    const exact = loads.filter(isOverloaded).filter((load) => !subjects.has(load.id));
    return [...ran, ...exact.map(overloadWarning)].map((warning) => ({ ...warning, scenario: scenario.scenario }));
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
  study: StudyResults,
  warnings: readonly ScenarioWarning[],
): { readonly text: string; readonly items: readonly string[] } | undefined {
  const overloads = warnings.filter((warning) => warning.kind === 'overload');
  if (overloads.length < MANY_OVERLOADS) return undefined;
  const titles = new Map(study.scenarios.flatMap((scenario) => scenario.resources.map(({ id, title }) => [id, title])));
  const scenarios = new Map<string, Set<string>>();
  for (const { subject, message, scenarios: where } of overloads) {
    const place = named(titles.get(subject ?? '') ?? message);
    scenarios.set(place, new Set([...(scenarios.get(place) ?? []), ...where]));
  }
  const text = `More is asked than can be done at ${scenarios.size} places: queues grow there for as long as the overload lasts. ${WHAT_OVERLOAD_MEANS} Figures for each place are under Resources and census.`;
  const items = [...scenarios].map(([place, where]) =>
    where.size === study.scenarios.length ? `${place}: in every scenario` : `${place}: in ${listOf([...where])}`,
  );
  return { text, items };
}

/** `As it is and Two more beds: …`; the scenarios are left out where there is only one in the study. */
export function warningText(warning: ScenarioWarning, scenariosInStudy: number): string {
  return scenariosInStudy === 1 ? warning.message : `${listOf(warning.scenarios)}: ${warning.message}`;
}

/** Asked for at least as much as there is, so that a queue grows for as long as it lasts. */
export function isOverloaded(load: OfferedLoad): boolean {
  return load.utilisation !== null && load.utilisation >= 1;
}

/** Worth knowing, but no reason to distrust the figures. */
export function isNote(kind: RunWarning['kind']): boolean {
  return kind === 'unfinished' || kind === 'other';
}

function explained(warning: RunWarning): string {
  const message = named(warning.message);
  const isExplained = warning.kind !== 'overload' || message.includes('steady state');
  const stop = /[.!?]$/.test(message) ? '' : '.';
  return isExplained ? message : `${message}${stop} ${WHAT_OVERLOAD_MEANS}`;
}

function overloadWarning(load: OfferedLoad): RunWarning {
  const capacity = load.capacity === null ? '' : `, capacity ${plain(load.capacity)}`;
  const times = fixed(load.utilisation ?? 0, 1);
  const asked = times === '1.0' ? 'all of what' : `${times} times what`;
  return {
    kind: 'overload',
    subject: load.id,
    message: `${named(load.title)} is asked for ${asked} there is (offered load ${plain(load.load)}${capacity}), so queues grow for as long as the run lasts. ${WHAT_OVERLOAD_MEANS}`,
  };
}
