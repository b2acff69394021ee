import { defineDiagnostics } from './define.js';

/** PW5: capacity, staff and skills. */
export const capacityDiagnostics = defineDiagnostics({
  PW5001: {
    severity: 'warning',
    title: 'More work than capacity',
    explanation:
      'The offered load of a resource, role or skill is at least its capacity, so that its queue grows without end, or, where nobody waits for ever, people leave it.',
    message: (p: { name: string; load: string; capacity: string; patience: 'endless' | 'limited' | 'after a race' }) =>
      `${p.name} is asked for ${p.load} at a time on average and has ${p.capacity}: ` +
      (p.patience === 'limited'
        ? 'not all who come can be looked after.'
        : `its queue grows without end${p.patience === 'endless' ? '' : ', unless enough people finish in the race before'}.`),
    hint: 'Add capacity, shorten the work or lower the demand.',
  },
  PW5002: {
    severity: 'error',
    title: 'Nobody has the skill',
    explanation: 'A step needs a skill that nobody on any shift has.',
    message: (p: { skill: string }) => `Nobody on any shift has ${p.skill}.`,
  },
  PW5003: {
    severity: 'warning',
    title: 'Skill of one person only',
    explanation: 'A skill that a step needs is held by one person, whose absence stops the step.',
    message: (p: { skill: string }) => `Only one person has ${p.skill}; their absence stops the step.`,
  },
  PW5004: {
    severity: 'error',
    title: 'More needed than there is',
    explanation: 'A step or hold asks for more units or people at once than there ever are.',
    message: (p: { name: string; wanted: string; most: string }) =>
      `${p.wanted} ${p.name} are needed at once, and there are never more than ${p.most}.`,
  },
  PW5005: {
    severity: 'warning',
    title: 'Role without staff',
    explanation: 'A step needs a role of which no staff is declared.',
    message: (p: { role: string }) => `No staff is declared for ${p.role}.`,
  },
  PW5006: {
    severity: 'warning',
    title: 'More on duty than employed',
    explanation: 'A group has more people on duty than its headcount allows for.',
    message: (p: { group: string; onDuty: string; headcount: string }) =>
      `${p.group} has ${p.onDuty} on duty and ${p.headcount} people in all.`,
  },
  PW5007: {
    severity: 'information',
    title: 'More work than capacity at some hours',
    explanation:
      'The offered load of a resource or group is below its capacity on average and above it in some hours of the week.',
    message: (p: { name: string; hours: string; when: string; load: string; capacity: string }) =>
      `${p.name} is asked for more than there is in ${p.hours} of the week, most on ${p.when}: ${p.load} at a time, and there are ${p.capacity}.`,
    hint: 'Move capacity to those hours, or demand away from them.',
  },
  PW5008: {
    severity: 'information',
    title: 'Presence estimated',
    explanation: 'A group of staff does not say how many of it are on duty, so that an estimate is used.',
    message: (p: { group: string; onDuty: string }) =>
      `${p.group} does not say how many are on duty; ${p.onDuty} are taken to be there (headcount × contract × (1 − absence) over its shifts).`,
    hint: 'Add `on duty` with a number.',
  },
  PW5030: {
    severity: 'error',
    title: 'Roster that lacks something',
    explanation: 'A roster does not say when it is, who works in it, or what is to be covered.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW5031: {
    severity: 'error',
    title: 'Day outside a roster',
    explanation: 'A request, or a day that stands, is for a date on which the roster is not.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW5032: {
    severity: 'warning',
    title: 'More wanted on a shift than there are',
    explanation: 'A roster wants more people of a role, or with a skill, on one shift than its staff have.',
    message: (p: { roster: string; who: string; wanted: string; have: string }) =>
      `${p.roster} wants ${p.wanted} ${p.who} on one shift, and its staff have ${p.have}.`,
    hint: 'Want fewer, or add staff to the roster.',
  },
  PW5033: {
    severity: 'warning',
    title: 'More hours wanted than contracts give',
    explanation: 'What a roster wants of a role is more work than the contracts of its staff of that role give.',
    message: (p: { roster: string; who: string; wanted: string; have: string; by: string }) =>
      `${p.roster} wants ${p.wanted} h of ${p.who}, and ${p.by} give ${p.have} h.`,
    hint: 'Want fewer, add staff to the roster, or count on overtime with `at most 48 h per week averaged`.',
  },
  PW5034: {
    severity: 'warning',
    title: 'Rule that lets nobody work a shift',
    explanation: 'A roster wants people on a shift that one of its rules lets nobody work.',
    message: (p: { roster: string; shift: string; reason: string }) =>
      `Nobody may work ${p.shift}, which ${p.roster} wants people on: ${p.reason}.`,
    hint: 'Change the rule, or the shift.',
  },
  PW5035: {
    severity: 'warning',
    title: 'Skill that does not last',
    explanation:
      'A person has a skill that a roster or a study counts on, and it begins or ends in that time or is not there at all.',
    message: (p: { person: string; skill: string; span: string; where: string }) =>
      `"${p.person}" has ${p.skill} ${p.span}; ${p.where}.`,
    hint: 'Renew it in time and write the new date, or plan without it.',
  },
  PW5036: {
    severity: 'error',
    title: 'Rule that cannot be relaxed so',
    explanation:
      'A response relaxes a rule of working time that there is not, to one that is stricter, or where the law lets no emergency relax it.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW5037: {
    severity: 'warning',
    title: 'Skill that nobody has on a shift',
    explanation:
      'A step asks for a skill at hours at which others work a shift, and none of the people with the skill.',
    message: (p: { skill: string; shift: string; hours: string }) =>
      `Nobody with ${p.skill} works ${p.shift}: it is asked for in ${p.hours} of the week without them.`,
    hint: 'Let somebody with the skill work that shift, train somebody who does, or move the work.',
  },
  PW5020: {
    severity: 'error',
    title: 'Units that cannot be converted',
    explanation: 'A scenario converts units of a resource that there are not, into themselves, or without an end.',
    message: (p: { sentence: string }) => p.sentence,
  },
});
