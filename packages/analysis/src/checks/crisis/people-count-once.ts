import {
  byId,
  constantValue,
  createDiagnostic,
  type Diagnostic,
  formatNumber,
  meanCapacity,
  type Model,
  type Origin,
  type PatchOf,
  type Response,
  type StudyCalendar,
  titleOf,
} from '@pathway/model';
import { neverTogether, responseSets } from './response-sets.js';

/** No plan counts on somebody twice: as a stand-in for two roles, or called in from where there are not so many. */
export function peopleCountOnce(model: Model, calendar: StudyCalendar): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const set of responseSets(model)) {
    for (const diagnostic of [...standInsTwice(set, model), ...calledInTwice(set, model, calendar)]) {
      const { file, line } = diagnostic.range;
      found.set(`${file}:${line} ${diagnostic.message}`, diagnostic);
    }
  }
  return [...found.values()];
}

/** One person who is to do the work of two roles. */
function standInsTwice(set: readonly Response[], model: Model): Diagnostic[] {
  const first = new Map<string, { readonly as: string; readonly of: PatchOf }>();
  return set.flatMap((response) =>
    response.patches.flatMap((patch): Diagnostic[] => {
      if (patch.kind !== 'allow' || patch.who.kind !== 'person') return [];
      const { person } = patch.who;
      const before = first.get(person);
      if (before === undefined) first.set(person, { as: patch.as, of: { response, patch } });
      if (before === undefined || before.as === patch.as || apart(before.of.response, response, model)) return [];
      const sentence = `"${person}" is counted on as ${roleName(before.as, model)} and as ${roleName(patch.as, model)} at once.`;
      return [told(sentence, patch.origin, before.of)];
    }),
  );
}

/** More people called in from an organisation than it has beside those on duty. */
function calledInTwice(set: readonly Response[], model: Model, calendar: StudyCalendar): Diagnostic[] {
  const calls = set.flatMap((response) =>
    response.patches.flatMap((patch) =>
      patch.kind === 'call in' && patch.from !== undefined ? [{ response, patch, from: patch.from }] : [],
    ),
  );
  return calls.flatMap((call, index): Diagnostic[] => {
    const together = calls
      .slice(0, index + 1)
      .filter(
        ({ patch, from, response }) =>
          patch.role === call.patch.role && from === call.from && !apart(response, call.response, model),
      );
    const wanted = together.reduce((sum, { patch }) => sum + (constantValue(patch.amount, model) ?? 0), 0);
    const free = freePeople(call.patch.role, call.from, model, calendar);
    if (free === undefined || wanted <= free + 1e-9) return [];
    const organisation = byId(model.organisations, call.from);
    const sentence = `${formatNumber(wanted)} ${roleName(call.patch.role, model)} are called in from ${organisation === undefined ? call.from : titleOf(organisation)}, which has ${formatNumber(Math.round(free * 10) / 10)} who are not on duty there.`;
    const [other] = together;
    return [told(sentence, call.patch.origin, other?.patch === call.patch ? undefined : other)];
  });
}

/** Those of a role at an organisation who are not on duty on average; undefined where it has none of them at all. */
function freePeople(role: string, organisation: string, model: Model, calendar: StudyCalendar): number | undefined {
  const groups = model.staff.filter((group) => group.role === role && group.organisation === organisation);
  if (groups.length === 0) return undefined;
  return groups.reduce((sum, { headcount, onDuty }) => {
    const onDutyOnAverage = onDuty === undefined ? 0 : meanCapacity(onDuty, calendar, model);
    return sum + (constantValue(headcount, model) ?? 0) - onDutyOnAverage;
  }, 0);
}

function apart(one: Response, other: Response, model: Model): boolean {
  return one !== other && neverTogether(one, other, model);
}

function roleName(id: string, model: Model): string {
  const role = byId(model.roles, id);
  return role === undefined ? id : titleOf(role);
}

function told(sentence: string, origin: Origin, before: PatchOf | undefined): Diagnostic {
  const related =
    before === undefined
      ? {}
      : { related: [{ message: `${titleOf(before.response)} counts on them here.`, origin: before.patch.origin }] };
  return createDiagnostic('PW6030', { sentence }, origin, related);
}
