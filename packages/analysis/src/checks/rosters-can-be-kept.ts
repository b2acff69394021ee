import type { Diagnostic, Model, RosterDeclaration, RuleSet, Shift, Weekday, WorkingRule } from '@pathway/model';
import {
  constantValue,
  createDiagnostic,
  formatNumber,
  isNightShift,
  titleOf,
  WEEKDAYS,
  workingMinutes,
} from '@pathway/model';
import { wantedOn } from './roster-amounts.js';

/** Contracts give the hours that rosters want, and rules let somebody work their shifts. */
export function rostersCanBeKept(model: Model): Diagnostic[] {
  return (model.rosters ?? []).flatMap((roster) => {
    const rules = rulesOf(roster, model);
    return [...contractsSuffice(roster, rules, model), ...shiftsMayBeWorked(roster, rules, model)];
  });
}

function rulesOf(roster: RosterDeclaration, model: Model): readonly WorkingRule[] {
  const seen = new Set<string>();
  const collect = (id: string): readonly WorkingRule[] => {
    const set: RuleSet | undefined = model.ruleSets?.find((each) => each.id === id);
    if (set === undefined || seen.has(id)) return [];
    seen.add(id);
    return [...set.bases.flatMap(collect), ...set.rules];
  };
  return roster.ruleSets.flatMap(collect);
}

/** Hours of each role that is wanted by its name, against the contracts of those who have it. */
function contractsSuffice(roster: RosterDeclaration, rules: readonly WorkingRule[], model: Model): Diagnostic[] {
  // Where an average holds, time beyond the contract is overtime, up to that average.
  const averages = rules.flatMap((rule) =>
    rule.kind === 'hours' && rule.average ? (constantValue(rule.limit, model) ?? []) : [],
  );
  const most = averages.length === 0 ? 0 : Math.min(...averages);
  const roles = [...new Set(roster.cover.flatMap(({ role }) => role ?? []))];
  return roles.flatMap((role) => {
    const groups = model.staff.filter((group) => group.role === role && roster.groups.includes(group.id));
    const contracts = groups.flatMap(({ headcount, contract, people }) => {
      const usual = contract === undefined ? undefined : constantValue(contract, model);
      if (people.length > 0) return people.map((person) => ({ share: person.contract ?? usual, count: 1 }));
      return [{ share: usual, count: constantValue(headcount, model) ?? 0 }];
    });
    if (contracts.length === 0 || contracts.some(({ share }) => share === undefined)) return [];
    const shares = contracts.reduce((sum, { share = 0, count }) => sum + Math.max(share, most) * count, 0);
    const have = shares * roster.days * 24;
    const wanted = hoursWanted(roster, role, model);
    const lines = roster.cover.filter((cover) => cover.role === role);
    const [first] = lines;
    const kind = model.roles.find(({ id }) => id === role);
    if (wanted <= have * 1.0001 || first === undefined || kind === undefined) return [];
    const params = {
      roster: titleOf(roster),
      who: titleOf(kind),
      wanted: formatNumber(Math.round(wanted)),
      have: formatNumber(Math.round(have)),
      by: most > 0 ? 'contracts with overtime' : 'contracts',
    };
    return [createDiagnostic('PW5033', params, first.origin)];
  });
}

/** Lines about the same people do not add up: on each shift the most of them counts. */
function hoursWanted(roster: RosterDeclaration, role: string, model: Model): number {
  let hours = 0;
  const first = Date.parse(`${roster.from}T00:00:00Z`);
  for (let day = 0; day < roster.days; day += 1) {
    const at = new Date(first + day * 86_400_000);
    const date = at.toISOString().slice(0, 10);
    const weekday = WEEKDAYS[(at.getUTCDay() + 6) % 7] ?? 'Mon';
    for (const shift of model.shifts) {
      if (shift.days?.includes(weekday) === false) continue;
      const amounts = roster.cover.flatMap((cover) => {
        const counts =
          cover.role === role &&
          cover.reached === undefined &&
          cover.shifts.includes(shift.id) &&
          cover.days?.includes(weekday) !== false &&
          (cover.since === undefined || cover.since <= date) &&
          (cover.until === undefined || date <= cover.until);
        return counts ? [wantedOn(cover, model) ?? 0] : [];
      });
      hours += (Math.max(0, ...amounts) * workingMinutes(shift, model)) / 60;
    }
  }
  return hours;
}

function shiftsMayBeWorked(roster: RosterDeclaration, rules: readonly WorkingRule[], model: Model): Diagnostic[] {
  const told = new Set<string>();
  return roster.cover.flatMap(({ shifts, days, origin }) =>
    shifts.flatMap((id) => {
      const shift = model.shifts.find((each) => each.id === id);
      const isWanted = (day: Weekday): boolean => [days, shift?.days].every((some) => some?.includes(day) !== false);
      const weekend = isWanted('Sat') || isWanted('Sun');
      const reason = shift === undefined ? undefined : reasonAgainst(shift, weekend, rules, model);
      if (shift === undefined || reason === undefined || told.has(id)) return [];
      told.add(id);
      return [createDiagnostic('PW5034', { roster: titleOf(roster), shift: titleOf(shift), reason }, origin)];
    }),
  );
}

/** Why a rule lets nobody work a shift that is wanted at weekends or is not; undefined where none does. */
function reasonAgainst(
  shift: Shift,
  weekend: boolean,
  rules: readonly WorkingRule[],
  model: Model,
): string | undefined {
  const night = isNightShift(shift);
  const hours = workingMinutes(shift, model) / 60;
  for (const rule of rules) {
    if (rule.kind === 'night hours' && !rule.average && night) {
      const limit = (constantValue(rule.limit, model) ?? 0) / 3600;
      if (hours > limit)
        return `nights are at most ${formatNumber(limit)} h, and it has ${formatNumber(hours)} h of work`;
    }
    if (rule.kind === 'count' && rule.count === 0 && (night || rule.what === 'days'))
      return `a rule allows no ${rule.what}${rule.week ? ' a week' : ''}`;
    if (rule.kind === 'run' && rule.bound === 'most' && rule.count === 0 && (rule.what === 'days' || night))
      return `a rule allows no ${rule.what} in a row`;
    if (rule.kind === 'weekends off' && rule.count >= rule.of && weekend)
      return 'every weekend is off, and it is wanted at weekends';
    if (rule.kind === 'hours' && !rule.average) {
      const limit = (constantValue(rule.limit, model) ?? 0) * 168;
      if (hours > limit)
        return `a week has at most ${formatNumber(limit)} h of work, and it alone has ${formatNumber(hours)} h`;
    }
  }
  return undefined;
}
