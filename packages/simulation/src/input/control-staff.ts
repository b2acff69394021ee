import { byId, formatOrigin, levelIndex, levelPlaces, type Model, type ResponseMeasure, titleOf } from '@pathway/model';
import { SimulationError } from '../errors.js';
import type { ControlContext } from './control-context.js';
import type { InputAllowance, InputTeam } from './control-types.js';
import { groupsOfRole, type StandIns } from './targets.js';

type Allow = Extract<ResponseMeasure, { kind: 'allow' }>;
type TeamPatch = Extract<ResponseMeasure, { kind: 'team' }>;

/** The substitutions that some responses allow, in the order of the text. */
export function allowedBy(model: Model, responseIds: readonly string[]): readonly Allow[] {
  return (model.responses ?? [])
    .filter(({ id }) => responseIds.includes(id))
    .flatMap(({ patches }) => patches.filter((patch) => patch.kind === 'allow'));
}

/** Who stands in for whom, in words. */
export function allowanceTitle({ who, as }: Allow, model: Model): string {
  const role = (id: string): string => {
    const found = byId(model.roles, id);
    return found === undefined ? id : titleOf(found);
  };
  return `${who.kind === 'role' ? role(who.role) : `Person ${who.person}`} as ${role(as)}`;
}

/** What targets found of those who may stand in, as the control has it. @param changes by id of the patch, its change */
export function compileAllowances(
  found: readonly StandIns[],
  context: ControlContext,
  changes: ReadonlyMap<string, number>,
): InputAllowance[] {
  const { model } = context;
  return found.map(({ patch, pools, supervisors, leads, organisation }): InputAllowance => {
    const { from, supervision, speed, origin } = patch;
    const share = speed === undefined ? 1 : context.constant(speed, 'The speed of those who stand in', origin);
    if (!(share > 0)) {
      throw new SimulationError('Those who stand in must work at a speed above 0.', formatOrigin(origin));
    }
    return {
      title: allowanceTitle(patch, model),
      change: changes.get(patch.id) ?? 0,
      ...(from && {
        from: {
          places: placesOf(from.scale, from.organisation ?? organisation, model),
          level: levelIndex(model, from.scale, from.level),
        },
      }),
      pools,
      ...(supervision &&
        supervision.supervisors > 0 && {
          supervision: {
            pools: supervisors,
            supervisors: wholeNumber(supervision.supervisors, 'supervise', patch),
            per: wholeNumber(supervision.per, 'are supervised together', patch),
            leads,
          },
        }),
      speed: share,
    };
  });
}

function wholeNumber(value: number, what: string, { origin }: Allow): number {
  if (Number.isInteger(value) && value >= 1) return value;
  throw new SimulationError(`Whole people ${what}, at least one, and not ${value}.`, formatOrigin(origin));
}

/** Who must be on duty for a resource while a response is in force. */
export function compileTeam(patch: TeamPatch, context: ControlContext): InputTeam {
  const { model } = context;
  const organisation = byId(model.resources, patch.resource)?.organisation;
  return {
    places: placesOf(patch.scale, organisation, model),
    lines: patch.teams.map(({ level, per, members }) => ({
      level: levelIndex(model, patch.scale, level),
      per,
      members: members.map(({ role, amount }) => {
        const groups = groupsOfRole(model, role, organisation);
        if (groups.length === 0) {
          throw new SimulationError(
            `Nobody of ${role} is declared, who must be there: declare staff of this role, or leave it out of the team.`,
            formatOrigin(patch.origin),
          );
        }
        return { amount, pools: groups.flatMap(({ id }) => context.poolsOf(id)) };
      }),
    })),
  };
}

/** Where a scale's level counts: at an organisation, else of all together, else wherever there is one. */
function placesOf(scale: string, organisation: string | undefined, model: Model): number[] {
  const all = levelPlaces(model).flatMap((place, i) => (place.scale === scale ? [{ ...place, i }] : []));
  const here = all.find((place) => organisation !== undefined && place.organisation === organisation);
  const together = all.find((place) => place.organisation === undefined);
  return (here ? [here] : together ? [together] : all).map(({ i }) => i);
}
