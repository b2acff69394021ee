import {
  type Arrivals,
  type ArrivalProfile,
  type Cohort,
  formatClock,
  groupOf,
  type Model,
  type NamedNumber,
  type Organisation,
  type Resource,
  type Role,
  type Shift,
  type Skill,
  type StaffGroup,
  type Stock,
  titleOf,
} from '@pathway/model';
import { amountText, canBeWritten, declaredName, guardedName, scheduleText, sourceText } from './expressions.js';
import { quoted } from './names.js';

/** A declaration as text, with the id of what it declares. */
export interface DeclarationText {
  readonly id: string;
  readonly text: string;
}

/**
 * The declarations that texts name, and those that these name: organisations, skills, roles, shifts, staff, resources,
 * stocks, numbers and cohorts, in this order, each as it can be read again. Sources and translations are left out.
 * @param texts what names them, as it was written
 * @param notSaid gets what a text of its own cannot say, such as what comes from a file
 */
export function declarationsFor(
  model: Model,
  texts: readonly string[],
  notSaid: Set<string>,
): readonly DeclarationText[] {
  const all = [
    ...model.organisations.map((each) => ({ id: each.id, text: organisationText(each) })),
    ...model.skills.map((each) => ({ id: each.id, text: skillText(each) })),
    ...model.roles.map((each) => ({ id: each.id, text: roleText(each) })),
    ...model.shifts.map((each) => ({ id: each.id, text: shiftText(each) })),
    ...model.resources.map((each) => ({ id: each.id, text: resourceText(each, notSaid) })),
    ...model.stocks.map((each) => ({ id: each.id, text: stockText(each) })),
    ...model.numbers.map((each) => ({ id: each.id, text: numberText(each) })),
    ...model.cohorts.map((each) => ({ id: each.id, text: cohortText(each, notSaid) })),
  ];
  const staff = model.staff.map((each) => ({ id: each.id, role: each.role, text: staffText(each) }));
  const words = new Set(texts.flatMap(wordsOf));
  const taken = new Set<object>();
  for (let before = -1; before !== taken.size;) {
    before = taken.size;
    const named = [
      ...all.filter(({ id }) => words.has(declaredName(id))),
      // Whoever has a role that is named is there to do its work.
      ...staff.filter(({ role }) => words.has(declaredName(role))),
    ];
    for (const each of named) {
      if (taken.has(each)) continue;
      taken.add(each);
      for (const word of wordsOf(each.text)) words.add(word);
    }
  }
  const kept = all.filter((each) => taken.has(each));
  const people = staff.filter((each) => taken.has(each)).map(({ id, text }) => ({ id, text }));
  return [...kept, ...people];
}

function wordsOf(text: string): readonly string[] {
  return text.replace(/"(?:\\.|[^"\\])*"/g, ' ').match(/[\p{L}_][\p{L}\p{M}\p{N}_]*/gu) ?? [];
}

function block(head: string, lines: readonly (string | undefined)[]): string {
  const said = lines.filter((line) => line !== undefined);
  return said.length === 0 ? head : `${head} {\n${said.map((line) => `  ${line}`).join('\n')}\n}`;
}

function named(word: string, declaration: { readonly id: string; readonly title?: string }): string {
  const { id, title } = declaration;
  return `${word} ${declaredName(id)}${title === undefined ? '' : ` ${quoted(title)}`}`;
}

function organisationText(organisation: Organisation): string {
  const { sector, partOf, contact, languages, accepts } = organisation;
  return block(named('organisation', organisation), [
    sector && `sector ${sector}`,
    partOf && `part of ${declaredName(partOf)}`,
    ...Object.entries(contact).map(([kind, value]) => `${kind} ${quoted(value)}`),
    languages && `languages ${languages.join(', ')}`,
    accepts && `accepts ${accepts.map(quoted).join(', ')}`,
  ]);
}

function codesText(codes: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(codes).map(([system, code]) => `${system} ${quoted(code)}`);
}

function skillText(skill: Skill): string {
  return block(named('skill', skill), [
    ...codesText(skill.codes),
    skill.levels.length === 0 ? undefined : `levels ${skill.levels.join(' < ')}`,
    skill.trainableIn && `trainable in ${sourceText(skill.trainableIn)}`,
  ]);
}

function roleText(role: Role): string {
  const held = role.skills.map(({ skill, level }) => [declaredName(skill), level].filter(Boolean).join(' '));
  return block(named('role', role), [
    ...codesText(role.codes),
    held.length === 0 ? undefined : `has ${held.join(', ')}`,
    role.cost && `cost ${sourceText(role.cost)}`,
  ]);
}

function shiftText(shift: Shift): string {
  const days = shift.days === undefined ? '' : ` on ${shift.days.join(', ')}`;
  return `${named('shift', shift)} ${formatClock(shift.from)}-${formatClock(shift.to % 1440)}${days}`;
}

function staffText(group: StaffGroup): string {
  const place = group.organisation === undefined ? '' : ` at ${declaredName(group.organisation)}`;
  return block(`staff ${amountText(group.headcount)} ${guardedName(group.role)}${place}`, [
    group.contract && `contract ${sourceText(group.contract)}`,
    group.shifts.length === 0 ? undefined : `works ${group.shifts.map(declaredName).join(', ')}`,
    group.onDuty && `on duty ${scheduleText(group.onDuty)}`,
    group.absence && `absent ${sourceText(group.absence)}`,
  ]);
}

function resourceText(resource: Resource, notSaid: Set<string>): string {
  const { breakdown, dependencies = [], recovery } = resource;
  const written = (parts: readonly (Parameters<typeof canBeWritten>[0] | undefined)[]): boolean => {
    const fine = parts.every((part) => part === undefined || canBeWritten(part));
    if (!fine) notSaid.add(`${titleOf(resource)}: figures that come from a file.`);
    return fine;
  };
  return block(named('resource', resource), [
    resource.organisation && `at ${declaredName(resource.organisation)}`,
    `kind ${resource.resourceKind}`,
    `count ${scheduleText(resource.count)}`,
    breakdown && written([breakdown.every, breakdown.lasts])
      ? `down every ${sourceText(breakdown.every)} for ${sourceText(breakdown.lasts)}`
      : undefined,
    resource.cost && `cost ${sourceText(resource.cost)}`,
    ...dependencies.map(
      ({ on, battery }) =>
        `depends on ${on.map(declaredName).join(', ')}${battery === undefined ? '' : ` battery ${sourceText(battery)}`}`,
    ),
    recovery?.objective && `rto ${sourceText(recovery.objective)}`,
    recovery?.maximumOutage && `mtpd ${sourceText(recovery.maximumOutage)}`,
  ]);
}

function stockText(stock: Stock): string {
  return block(named('stock', stock), [
    stock.organisation && `at ${declaredName(stock.organisation)}`,
    stock.unit && `unit ${quoted(stock.unit)}`,
    `count ${sourceText(stock.level)}`,
    stock.most && `at most ${sourceText(stock.most)}`,
    ...stock.deliveries.map((delivery) => {
      const amount = `delivery ${sourceText(delivery.amount)}`;
      if (delivery.kind === 'ordered')
        return `${amount} when below ${sourceText(delivery.below)} after ${sourceText(delivery.after)}`;
      const days = delivery.days === undefined ? '' : ` on ${delivery.days.join(', ')}`;
      const since = delivery.since === undefined ? '' : ` from ${delivery.since}`;
      const until = delivery.until === undefined ? '' : ` until ${delivery.until}`;
      return `${amount}${days} at ${formatClock(delivery.at)}${since}${until}`;
    }),
  ]);
}

function numberText(number: NamedNumber): string {
  return `${named('number', number)} = ${sourceText(number.value)}`;
}

function cohortText(cohort: Cohort, notSaid: Set<string>): string {
  const { arrivals, attributes, priority } = cohort;
  const comes = arrivals === undefined ? undefined : arrivalsText(arrivals);
  if (arrivals !== undefined && comes === undefined)
    notSaid.add(`${titleOf(cohort)}: arrivals that come from a file or from a table of rates.`);
  return block(named('cohort', cohort), [
    comes && `arrives ${comes}`,
    ...attributes.map(({ name, title, value }) => {
      if (canBeWritten(value))
        return `attribute ${name}${title === undefined ? '' : ` ${quoted(title)}`} ${sourceText(value)}`;
      notSaid.add(`${titleOf(cohort)}: the attribute ${name}, which comes from a file.`);
      return undefined;
    }),
    priority && `priority ${sourceText(priority)}`,
  ]);
}

function arrivalsText(arrivals: Arrivals): string | undefined {
  const on = (days: readonly string[] | undefined): string => (days === undefined ? '' : ` on ${days.join(', ')}`);
  const written = groupOf(arrivals);
  if (written !== undefined && !canBeWritten(written)) return undefined;
  const group = written === undefined ? '' : ` each a group of ${sourceText(written)}`;
  switch (arrivals.kind) {
    case 'every':
      return arrivals.first === undefined && canBeWritten(arrivals.between)
        ? `every ${sourceText(arrivals.between)}${group}`
        : undefined;
    case 'rate': {
      const profile = arrivals.profile === undefined ? '' : profileText(arrivals.profile);
      const { hours } = arrivals;
      const at = hours === undefined ? '' : ` at ${formatClock(hours.from)}-${formatClock(hours.to)}`;
      return profile === undefined
        ? undefined
        : `${sourceText(arrivals.rate)}${on(arrivals.days)}${at}${profile}${group}`;
    }
    case 'batch':
      return `${sourceText(arrivals.size)}${on(arrivals.days)} at ${formatClock(arrivals.at)}${arrivals.days === undefined ? ' daily' : ''}`;
    case 'appointments': {
      const { amount, every, from, to, days, shows, deviation } = arrivals;
      const count = amount === undefined ? '' : ` ${amountText(amount)}`;
      const comes = shows === undefined ? '' : ` shows ${sourceText(shows)}`;
      const late = deviation === undefined ? '' : ` punctual ${sourceText(deviation)}`;
      return `by appointment${count} every ${sourceText(every)}${on(days)} at ${formatClock(from)}-${formatClock(to % 1440)}${comes}${late}`;
    }
    case 'table':
    case 'recorded':
      return undefined;
  }
}

function profileText({ slot, values, anchor }: ArrivalProfile): string | undefined {
  const word = slot === 3600 ? 'hourly' : slot === 86_400 ? 'daily' : undefined;
  if (word === undefined || values.length > 200) return undefined;
  return ` profile ${word} (${values.join(', ')})${anchor === 'study' ? ' from the start' : ''}`;
}
