import {
  activitiesOf,
  byId,
  constantValue,
  createDiagnostic,
  type Crisis,
  type Diagnostic,
  type Effect,
  type Expression,
  formatDuration,
  formatNumber,
  type HeldSkill,
  type Model,
  type Patch,
  type Response,
  scenarioChain,
  type Schedule,
  type Span,
  titleOf,
  walkActivities,
  withAllPlanSets,
} from '@pathway/model';
import { hasSkill } from '../../stations.js';

/** A crisis and a response that a scenario brings together. */
interface Meeting {
  readonly crisis: Crisis;
  readonly response: Response;
}

function meetings(asDeclared: Model): readonly Meeting[] {
  const model = withAllPlanSets(asDeclared);
  const found = new Map<string, Meeting>();
  for (const { id } of model.scenarios) {
    const chain = scenarioChain(model, id);
    for (const crisisId of chain.flatMap(({ crises }) => crises ?? [])) {
      for (const responseId of chain.flatMap(({ responses }) => responses ?? [])) {
        const [crisis, response] = [byId(model.crises ?? [], crisisId), byId(model.responses ?? [], responseId)];
        if (crisis && response) found.set(`${crisisId}\n${responseId}`, { crisis, response });
      }
    }
  }
  return [...found.values()];
}

/** A response does without what the crisis takes away. */
export function responsesDoWithoutWhatIsLost(model: Model): Diagnostic[] {
  return meetings(model).flatMap(({ crisis, response }) => {
    const losses = crisis.effects.flatMap((effect) => lossesOf(effect, model));
    return response.patches.flatMap((patch) => {
      const needed = neededBy(patch, model);
      const loss = losses.find(({ id, left }) => needed.some((need) => need.id === id && need.units > left));
      if (loss === undefined) return [];
      const units = Math.max(...needed.filter(({ id }) => id === loss.id).map((need) => need.units));
      const what =
        loss.left === 0
          ? loss.title
          : `${formatNumber(units)} ${loss.title}, of which ${formatNumber(loss.left)} are left`;
      const params = { response: titleOf(response), what, crisis: titleOf(crisis) };
      return [
        createDiagnostic('PW6018', params, patch.origin, {
          related: [{ message: `${titleOf(crisis)} takes it away here.`, origin: loss.effect.origin }],
        }),
      ];
    });
  });
}

interface Loss {
  readonly id: string;
  readonly title: string;
  readonly effect: Effect;
  /** Units that are still there while it lasts; 0 where nothing is. */
  readonly left: number;
}

/** Whatever an effect takes away, altogether or in part. */
function lossesOf(effect: Effect, model: Model): Loss[] {
  const loss = (id: string, title: string, left = 0): Loss => ({ id, title, effect, left });
  switch (effect.kind) {
    case 'loss': {
      const resource = byId(model.resources, effect.resource);
      if (resource === undefined) return [];
      const title = titleOf(resource);
      const share = effect.share && constantValue(effect.share, model);
      const isWhole = effect.amount === undefined && (effect.share === undefined || share === 1);
      if (isWhole) return [loss(resource.id, title)];
      const count = constantCount(resource.count, model);
      const amount = effect.amount === undefined ? undefined : constantValue(effect.amount, model);
      const lost = amount ?? (share === undefined || count === undefined ? undefined : Math.round(count * share));
      return count === undefined || lost === undefined ? [] : [loss(resource.id, title, Math.max(0, count - lost))];
    }
    case 'closure':
      return effect.organisations.flatMap((id) => {
        const organisation = byId(model.organisations, id);
        const title = organisation === undefined ? id : titleOf(organisation);
        const resources = model.resources.filter((each) => each.organisation === id);
        return [loss(id, title), ...resources.map((each) => loss(each.id, titleOf(each)))];
      });
    case 'absence': {
      const role = byId(model.roles, effect.role);
      const share = constantValue(effect.share, model);
      if (role === undefined || share === undefined) return [];
      const groups = model.staff.filter(
        (group) =>
          group.role === role.id && (effect.organisation === undefined || group.organisation === effect.organisation),
      );
      const everywhere = effect.organisation === undefined && share >= 1 ? [loss(role.id, titleOf(role))] : [];
      return [
        ...everywhere,
        ...groups.flatMap((group) => {
          const people = constantValue(group.headcount, model);
          if (people === undefined || group.organisation === undefined) return [];
          return [loss(employedKey(role.id, group.organisation), titleOf(role), Math.floor(people * (1 - share)))];
        }),
      ];
    }
    default:
      return [];
  }
}

/** What people of a role at an organisation are called among what can be lost. */
function employedKey(role: string, organisation: string): string {
  return `${role} at ${organisation}`;
}

/** A count that never changes; undefined for timetables and what has no limit. */
function constantCount({ rules, otherwise }: Schedule, model: Model): number | undefined {
  return rules.length > 0 || otherwise === 'unlimited' ? undefined : constantValue(otherwise, model);
}

/** So much of something that a patch cannot do without. */
interface Needed {
  readonly id: string;
  readonly units: number;
}

/** Resources, roles and organisations that a patch cannot do without, and how many of them. */
function neededBy(patch: Patch, model: Model): readonly Needed[] {
  const amountOf = (amount: Expression): number => constantValue(amount, model) ?? 1;
  const one = (id: string): Needed => ({ id, units: 1 });
  switch (patch.kind) {
    case 'add':
      // What is added to something of which a part is lost does not come out of that part.
      return [{ id: patch.resource, units: Number.MIN_VALUE }];
    case 'convert':
      return [{ id: patch.from, units: amountOf(patch.amount) }];
    case 'call in':
      return [
        one(patch.role),
        ...(patch.from === undefined
          ? []
          : [one(patch.from), { id: employedKey(patch.role, patch.from), units: amountOf(patch.amount) }]),
      ];
    case 'allow':
      return patch.who.kind === 'role' ? [one(patch.who.role)] : [];
    case 'replace':
    case 'insert':
      return Array.from(walkActivities(patch.with), ({ activity }) => activity).flatMap((activity) => {
        if (activity.kind !== 'step' && activity.kind !== 'hold') return [];
        const only = activity.needs.flatMap(({ amount, of: [target, ...others] }) => {
          if (target === undefined || others.length > 0 || target.kind === 'skill') return [];
          return [{ id: target.kind === 'resource' ? target.resource : target.role, units: amountOf(amount) }];
        });
        const bridged = activity.kind === 'step' ? (activity.fallbacks ?? []).flatMap(({ on }) => on) : [];
        const systems = activity.kind === 'step' ? activity.dependsOn.filter((id) => !bridged.includes(id)) : [];
        const place = activity.kind === 'step' && activity.organisation !== undefined ? [activity.organisation] : [];
        return [...only, ...[...systems, ...place].map(one)];
      });
    default:
      return [];
  }
}

/** What a response adds is there before the crisis is over. */
export function capacityComesInTime(model: Model): Diagnostic[] {
  return meetings(model).flatMap(({ crisis, response }) => {
    const length = lengthOf(crisis, model);
    if (length === undefined) return [];
    return response.patches.flatMap((patch) => {
      if (patch.kind !== 'add' && patch.kind !== 'call in' && patch.kind !== 'convert') return [];
      const lead = patch.after && constantValue(patch.after, model);
      if (lead === undefined || lead < length) return [];
      const params = {
        response: titleOf(response),
        lead: formatDuration(lead),
        crisis: titleOf(crisis),
        length: formatDuration(length),
      };
      return [
        createDiagnostic('PW6024', params, patch.origin, {
          related: [{ message: 'The crisis is declared here.', origin: crisis.origin }],
        }),
      ];
    });
  });
}

/** How long a crisis lasts, where the text says so of each of its effects; days are counted from one beginning. */
function lengthOf({ span, effects }: Crisis, model: Model): number | undefined {
  const spans = effects.map((effect) => spanOf(effect.span ?? span, model));
  const known = spans.flatMap((each) => each ?? []);
  if (known.length === 0 || known.length < spans.length) return undefined;
  return Math.max(...known.map(({ end }) => end)) - Math.min(...known.map(({ begin }) => begin));
}

/** Seconds from the beginning of day 0 between which a span lies, where it says so in days. */
export function spanOf(
  span: Span | undefined,
  model: Model,
): { readonly begin: number; readonly end: number } | undefined {
  const day = span?.begin?.kind === 'day' ? constantValue(span.begin.day, model) : undefined;
  const lasting = span?.lasting && constantValue(span.lasting, model);
  const last = span?.end?.kind === 'day' ? constantValue(span.end.day, model) : undefined;
  if (day === undefined) return undefined;
  const begin = day * DAY;
  const end = last !== undefined ? last * DAY : lasting !== undefined ? begin + lasting : undefined;
  return end === undefined ? undefined : { begin, end };
}

const DAY = 86_400;

/** Who stands in by an allowance, and their skills: of a person also those of the role; undefined for nobody. */
function standInOf(
  { who }: Extract<Patch, { readonly kind: 'allow' }>,
  model: Model,
): { readonly title: string; readonly skills: readonly HeldSkill[] } | undefined {
  if (who.kind === 'role') {
    const role = byId(model.roles, who.role);
    return role && { title: titleOf(role), skills: role.skills };
  }
  for (const { people, role } of model.staff) {
    const person = people.find(({ id }) => id === who.person);
    if (person === undefined) continue;
    return { title: `person ${person.id}`, skills: [...person.skills, ...(byId(model.roles, role)?.skills ?? [])] };
  }
  return undefined;
}

/** Whoever stands in for others is supervised by somebody, or has what it takes. */
export function substitutesAreSupervised(model: Model): Diagnostic[] {
  return (model.responses ?? []).flatMap((response) =>
    response.patches.flatMap((patch) => {
      if (patch.kind !== 'allow') return [];
      const replaced = byId(model.roles, patch.as);
      if (replaced === undefined) return [];
      const standIn = standInOf(patch, model);
      const tell = (reason: string) => [
        createDiagnostic(
          'PW6023',
          {
            who: standIn?.title ?? (patch.who.kind === 'person' ? `person ${patch.who.person}` : ''),
            as: titleOf(replaced),
            reason,
          },
          patch.origin,
        ),
      ];
      if (patch.supervision === undefined) {
        if (standIn === undefined) return [];
        // Whoever has a skill may do the work of a role that asks for none; of others nothing says that they can.
        if (replaced.skills.length === 0)
          return standIn.skills.length > 0 ? [] : tell('nothing says what its work takes, and nobody supervises them');
        const lacking = replaced.skills.find(({ skill, level }) => !hasSkill(standIn.skills, skill, level, model));
        const skill = lacking && byId(model.skills, lacking.skill);
        if (skill === undefined) return [];
        const level = lacking?.level === undefined ? '' : ` (${lacking.level})`;
        return tell(`they lack ${titleOf(skill)}${level}, and nobody supervises them`);
      }
      const { role, supervisors } = patch.supervision;
      const supervisor = byId(model.roles, role);
      const staffed = model.staff.some((group) => group.role === role);
      if (staffed && supervisors > 0) return [];
      return tell(
        supervisors > 0
          ? `nobody is employed as ${supervisor ? titleOf(supervisor) : role} to supervise them`
          : 'nobody supervises them',
      );
    }),
  );
}

/**
 * A system is back before it must be, by itself and for the essential care that does not work without it. What it depends
 * on itself has to be back before, unless a battery lasts that long.
 */
export function systemsAreBackInTime(model: Model): Diagnostic[] {
  return model.resources.flatMap((resource) => {
    const back = backAfter(resource.id, model, []);
    if (back === undefined) return [];
    const own = resource.recovery?.maximumOutage && constantValue(resource.recovery.maximumOutage, model);
    const limits = [
      ...(own === undefined ? [] : [{ who: titleOf(resource), limit: own }]),
      ...model.pathways.flatMap((pathway) => {
        const limit = pathway.essential?.maximumOutage && constantValue(pathway.essential.maximumOutage, model);
        const depends = activitiesOf(pathway).some(
          (activity) => activity.kind === 'step' && needsSystem(activity, resource.id),
        );
        return limit === undefined || !depends ? [] : [{ who: titleOf(pathway), limit }];
      }),
    ];
    const [worst] = limits.filter(({ limit }) => back.time > limit).sort((a, b) => a.limit - b.limit);
    if (worst === undefined) return [];
    const params = {
      system:
        back.through === undefined ? titleOf(resource) : `${titleOf(resource)}, which depends on ${back.through},`,
      objective: formatDuration(back.time),
      who: worst.who,
      limit: formatDuration(worst.limit),
    };
    return [createDiagnostic('PW6019', params, resource.origin)];
  });
}

/**
 * Seconds after which a system is back where everything is lost at once: its own recovery time, or that of whatever it
 * depends on that no battery bridges, whichever is longer. Undefined where nothing says so.
 */
function backAfter(
  id: string,
  model: Model,
  asked: readonly string[],
): { readonly time: number; readonly through?: string } | undefined {
  const resource = byId(model.resources, id);
  if (resource === undefined || asked.includes(id)) return undefined;
  const own = resource.recovery?.objective && constantValue(resource.recovery.objective, model);
  let worst: { readonly time: number; readonly through?: string } | undefined =
    own === undefined ? undefined : { time: own };
  for (const { on, battery } of resource.dependencies ?? []) {
    const bridged = battery === undefined ? 0 : (constantValue(battery, model) ?? Number.POSITIVE_INFINITY);
    for (const each of on) {
      const before = backAfter(each, model, [...asked, id]);
      if (before === undefined || before.time <= bridged || before.time <= (worst?.time ?? 0)) continue;
      const other = byId(model.resources, each);
      worst = { time: before.time, ...(other && { through: titleOf(other) }) };
    }
  }
  return worst;
}

function needsSystem(
  step: Extract<ReturnType<typeof activitiesOf>[number], { kind: 'step' }>,
  resource: string,
): boolean {
  const bridged = (step.fallbacks ?? []).some(
    ({ on, workaround }) => workaround !== undefined && on.includes(resource),
  );
  return step.dependsOn.includes(resource) && !bridged;
}
