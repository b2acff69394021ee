import { type Activation, byId, type Model, type Response, scenarioChain, withAllPlanSets } from '@pathway/model';

/**
 * The sets of responses that can be in force together: those that some scenario has at hand, or that a
 * study tries; all of them where no scenario
 * says. Each set is in order of declaration, and none is there twice.
 */
export function responseSets(asDeclared: Model): readonly (readonly Response[])[] {
  const model = withAllPlanSets(asDeclared);
  const declared = model.responses ?? [];
  const ofScenarios = model.scenarios.map(({ id }) => {
    const ids = new Set(scenarioChain(model, id).flatMap(({ responses }) => responses ?? []));
    return declared.filter((response) => ids.has(response.id));
  });
  const named = ofScenarios.filter((set) => set.length > 0);
  const sets = named.length === 0 && declared.length > 0 ? [declared] : named;
  return [...new Map(sets.map((set) => [set.map(({ id }) => id).join('\n'), set])).values()];
}

/** Whether two responses are called by different single levels of one scale, so that they never meet. */
export function neverTogether(one: Response, other: Response, model: Model): boolean {
  const single = (response: Response): readonly [string, string][] | undefined => {
    const levels = response.activations.map((each) => singleLevel(each, model));
    return levels.every((level) => level !== undefined) && levels.length > 0 ? levels : undefined;
  };
  const [own, others] = [single(one), single(other)];
  if (own === undefined || others === undefined) return false;
  return own.every(([of, level]) => others.every(([alsoOf, another]) => of === alsoOf && level !== another));
}

/** What has the level, and the only level at which a response is called. */
function singleLevel(activation: Activation, model: Model): [string, string] | undefined {
  if (activation.kind === 'trigger') return undefined;
  const scale = activation.kind === 'gauge' ? byId(model.gauges ?? [], activation.gauge)?.scale : activation.scale;
  const highest = scale === undefined ? undefined : byId(model.scales ?? [], scale)?.levels.at(-1)?.name;
  if (!activation.only && activation.level !== highest) return undefined;
  const of = activation.kind === 'gauge' ? activation.gauge : `${activation.scale}@${activation.organisation ?? ''}`;
  return [of, activation.level];
}
