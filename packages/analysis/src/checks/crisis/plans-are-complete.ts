import {
  byId,
  constantValue,
  createDiagnostic,
  type Diagnostic,
  formatShare,
  meanOfExpression,
  type Model,
  ModelError,
  type Response,
  type Step,
  titleOf,
  activitiesOf,
  walkActivities,
} from '@pathway/model';
import { headOf } from './responses-go-together.js';

/** Whatever level is reached, something is done; every role that a plan asks for has a card; something calls for a plan. */
export function plansAreComplete(model: Model): Diagnostic[] {
  return [...levelsHaveResponses(model), ...rolesHaveCards(model), ...responsesAreCalled(model)];
}

function levelsHaveResponses(model: Model): Diagnostic[] {
  return (model.scales ?? []).flatMap((scale) => {
    const of = (gauge: string): boolean => byId(model.gauges ?? [], gauge)?.scale === scale.id;
    const calls = (model.responses ?? []).flatMap(({ activations }) =>
      activations.flatMap((each) =>
        (each.kind === 'level' && each.scale === scale.id) || (each.kind === 'gauge' && of(each.gauge)) ? [each] : [],
      ),
    );
    if (calls.length === 0) return [];
    const place = (name: string): number => scale.levels.findIndex((level) => level.name === name);
    return scale.levels.slice(1).flatMap((level, index) => {
      const answered = calls.some((call) => (call.only ? call.level === level.name : place(call.level) <= index + 1));
      if (answered) return [];
      const [first] = calls;
      const params = { scale: titleOf(scale), level: level.title ?? level.name };
      return first === undefined ? [] : [createDiagnostic('PW6025', params, first.origin)];
    });
  });
}

function rolesHaveCards(model: Model): Diagnostic[] {
  return (model.responses ?? []).flatMap((response) => {
    // A plan without any cards is printed in another way.
    if (response.cards.length === 0) return [];
    const known = new Set(response.cards.map(({ role }) => role));
    return rolesIn(response)
      .filter((role) => !known.has(role))
      .map((role) => {
        const declared = byId(model.roles, role);
        const params = { response: titleOf(response), role: declared === undefined ? role : titleOf(declared) };
        return createDiagnostic('PW6026', params, headOf(response.origin));
      });
  });
}

/** Roles that a response asks something new of, each once. */
function rolesIn(response: Response): readonly string[] {
  const roles = response.patches.flatMap((patch): readonly string[] => {
    switch (patch.kind) {
      case 'call in':
        return [patch.role];
      case 'allow':
        return patch.who.kind === 'role' ? [patch.who.role] : [];
      case 'team':
        return patch.teams.flatMap(({ members }) => members.map(({ role }) => role));
      case 'replace':
      case 'insert':
        return Array.from(walkActivities(patch.with), ({ activity }) => activity).flatMap((activity) =>
          activity.kind === 'step'
            ? activity.needs.flatMap(({ of }) => of.flatMap((target) => (target.kind === 'role' ? [target.role] : [])))
            : [],
        );
      default:
        return [];
    }
  });
  return [...new Set(roles)];
}

function responsesAreCalled(model: Model): Diagnostic[] {
  return (model.responses ?? [])
    .filter(({ activations }) => activations.length === 0)
    .map((response) => createDiagnostic('PW6028', { response: titleOf(response) }, headOf(response.origin)));
}

/** No responses wait for one another to recover: in a circle none of them ever ends. */
export function recoveriesEnd(model: Model): Diagnostic[] {
  const responses = model.responses ?? [];
  const told = new Set<string>();
  return responses.flatMap((response) => {
    const circle = circleFrom(response.id, responses, []);
    if (circle === undefined || told.has([...circle].sort().join(' '))) return [];
    told.add([...circle].sort().join(' '));
    const titles = [...circle, response.id].flatMap((id) => byId(responses, id) ?? []).map((each) => titleOf(each));
    return [createDiagnostic('PW6029', { circle: titles.join(' → ') }, headOf(response.origin))];
  });
}

/** The way from a response along what it recovers after back to itself. */
function circleFrom(id: string, responses: readonly Response[], way: readonly string[]): readonly string[] | undefined {
  if (way[0] === id) return way;
  if (way.includes(id)) return undefined;
  const after = byId(responses, id)?.recovery.after ?? [];
  return after.map((next) => circleFrom(next, responses, [...way, id])).find((found) => found !== undefined);
}

/** A workaround of essential care gets at least the smallest acceptable share of the work done. */
export function workaroundsReachTheMinimum(model: Model): Diagnostic[] {
  return model.pathways.flatMap((pathway) => {
    const minimum = pathway.essential?.minimum && constantValue(pathway.essential.minimum, model);
    if (minimum === undefined) return [];
    return activitiesOf(pathway).flatMap((step) => {
      if (step.kind !== 'step') return [];
      return (step.fallbacks ?? []).flatMap(({ workaround, origin }) => {
        const share =
          workaround &&
          pace(
            step,
            workaround.filter((each) => each.kind === 'step'),
            model,
          );
        if (share === undefined || share >= minimum) return [];
        const params = { step: titleOf(step), share: formatShare(share), minimum: formatShare(minimum) };
        return [createDiagnostic('PW6021', params, headOf(origin))];
      });
    });
  });
}

/** Work done by a workaround in the time in which the step does one; undefined where the times are not known. */
function pace(step: Step, steps: readonly Step[], model: Model): number | undefined {
  const usual = meanTime(step, model);
  const times = steps.map((each) => meanTime(each, model));
  const total = times.reduce<number | undefined>(
    (sum, time) => (sum === undefined || time === undefined ? undefined : sum + time),
    0,
  );
  return usual === undefined || total === undefined || total === 0 ? undefined : usual / total;
}

function meanTime({ takes }: Step, model: Model): number | undefined {
  if (takes === undefined) return 0;
  try {
    const mean = meanOfExpression(takes, model, { attributes: model.cohorts.flatMap(({ attributes }) => attributes) });
    return 'value' in mean ? mean.value : undefined;
  } catch (error) {
    // Impossible numbers are told where they stand.
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}

/** No response turns away more of those whom an essential pathway serves than it may. */
export function essentialCareIsLeft(model: Model): Diagnostic[] {
  return model.pathways.flatMap((pathway) => {
    const { essential, cohorts } = pathway;
    if (essential === undefined || cohorts.length === 0) return [];
    const minimum = essential.minimum === undefined ? 0 : (constantValue(essential.minimum, model) ?? 0);
    return (model.responses ?? []).flatMap((response) => {
      const served = cohorts.map(({ cohort }) => shareLeft(cohort, response, model));
      const most = Math.max(...served);
      if (most > 0 && most >= minimum) return [];
      const patch = response.patches.find((each) =>
        turnsAway(each).some((id) => cohorts.some(({ cohort }) => cohort === id)),
      );
      const params = {
        response: titleOf(response),
        pathway: titleOf(pathway),
        share: formatShare(most),
        minimum: formatShare(minimum),
      };
      return [createDiagnostic('PW6013', params, patch?.origin ?? headOf(response.origin))];
    });
  });
}

function turnsAway(patch: Response['patches'][number]): readonly string[] {
  if (patch.kind === 'pause' || patch.kind === 'cancel') return patch.cohorts;
  return patch.kind === 'divert' && patch.to === undefined ? [patch.cohort] : [];
}

function shareLeft(cohort: string, { patches }: Response, model: Model): number {
  return patches
    .filter((patch) => turnsAway(patch).includes(cohort))
    .reduce((left, patch) => {
      const share = patch.kind === 'divert' ? constantValue(patch.share, model) : 1;
      return left * (1 - (share ?? 0));
    }, 1);
}
