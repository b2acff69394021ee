import type { Expression, HeldSkill, Person, Role, Shift, Skill, StaffGroup } from '@pathway/model';
import { DURATION, NUMBER, SECONDS } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import { readPeople } from './people-table.js';
import { lowerDays, lowerSchedule, minutesOf } from './schedules.js';

/** A working week has five days: a working day of leave is a fifth of the contract's hours. */
const WORKING_DAYS_PER_WEEK = 5;

export function lowerSkill(node: ast.Skill, context: LoweringContext): Skill {
  const trainable = node.properties.find(ast.isTrainableProperty)?.duration;
  return {
    ...context.declarationOf(node),
    levels: node.properties.filter(ast.isLevelsProperty).flatMap((each) => each.levels.map((level) => level.name)),
    codes: codesOf(node.properties),
    ...(trainable === undefined ? {} : { trainableIn: lowerExpression(trainable, context) }),
  };
}

export function lowerRole(node: ast.Role, context: LoweringContext): Role {
  const cost = node.properties.find(ast.isCostProperty)?.cost;
  return {
    ...context.declarationOf(node, node.properties.filter(ast.isSourceReference)),
    codes: codesOf(node.properties),
    skills: node.properties
      .filter(ast.isHasProperty)
      .flatMap((each) => each.skills.map((skill) => lowerHeldSkill(skill, context))),
    ...(cost === undefined ? {} : { cost: lowerExpression(cost, context) }),
  };
}

function codesOf(properties: readonly (ast.SkillProperty | ast.RoleProperty)[]): Readonly<Record<string, string>> {
  return Object.fromEntries(properties.filter(ast.isCodeProperty).map((each) => [each.system, each.code]));
}

function lowerHeldSkill(node: ast.HeldSkill, context: LoweringContext): HeldSkill {
  const level = node.level?.ref?.name;
  return { skill: context.idOf(node.skill.ref), ...(level === undefined ? {} : { level }) };
}

export function lowerShift(node: ast.Shift, context: LoweringContext): Shift {
  return {
    ...context.declarationOf(node),
    from: minutesOf(node.from),
    to: minutesOf(node.to),
    ...(node.days === undefined ? {} : { days: lowerDays(node.days) }),
    ...(node.working === undefined ? {} : { workingTime: lowerExpression(node.working, context) }),
  };
}

export function lowerStaff(node: ast.Staff, context: LoweringContext): StaffGroup {
  const contract = node.properties.find(ast.isContractProperty)?.hours;
  const onDuty = node.properties.find(ast.isOnDutyProperty)?.schedule;
  const absence = node.properties.find(ast.isAbsentProperty)?.share;
  const organisation = node.organisation?.ref;
  const people: readonly Person[] = node.file === undefined ? [] : readPeople(node, node.file, context);
  const contractShare = contract === undefined ? undefined : lowerExpression(contract, context);
  const title = node.role.ref?.title;
  const lost = node.properties.filter(ast.isLostProperty);
  return {
    ...context.declarationOf(node, node.properties.filter(ast.isSourceReference)),
    ...(title === undefined
      ? {}
      : { title: organisation === undefined ? title : `${title}, ${organisation.title ?? organisation.name}` }),
    role: context.idOf(node.role.ref),
    ...(organisation === undefined ? {} : { organisation: context.idOf(organisation) }),
    headcount:
      node.file === undefined
        ? lowerExpression(node.headcount, context)
        : { kind: 'number', value: people.length, dimension: NUMBER, origin: context.originOf(node) },
    people,
    ...(contractShare === undefined ? {} : { contract: contractShare }),
    shifts: node.properties
      .filter(ast.isWorksProperty)
      .flatMap((each) => each.shifts.map((shift) => context.idOf(shift.ref))),
    ...(onDuty === undefined ? {} : { onDuty: lowerSchedule(onDuty, context) }),
    ...(absence === undefined ? {} : { absence: lowerExpression(absence, context) }),
    leave: node.properties.filter(ast.isLeaveProperty).map((each) => ({
      name: each.purpose ?? 'leave',
      perYear: workingDays(lowerExpression(each.days, context), contractShare),
    })),
    supportShares: node.properties.filter(ast.isSupportProperty).map((each) => ({
      name: each.purpose ?? 'support',
      share: lowerExpression(each.share, context),
      ...(each.people === undefined ? {} : { people: each.people }),
    })),
    ...(lost.length === 0
      ? {}
      : {
          lostPerShift: lost.map((each) => ({
            name: each.purpose ?? 'breaks',
            time: lowerExpression(each.duration, context),
          })),
        }),
  };
}

/** So many working days as seconds of work: each a fifth of the contract's week (37.5 h where none is written, as in staffing plans). */
function workingDays(days: Expression, contract: Expression | undefined): Expression {
  const secondsPerDay = SECONDS.week / WORKING_DAYS_PER_WEEK;
  const perFullTime: Expression =
    days.kind === 'number'
      ? { kind: 'number', value: days.value * secondsPerDay, dimension: DURATION }
      : {
          kind: 'binary',
          operator: '*',
          left: days,
          right: { kind: 'number', value: secondsPerDay, dimension: DURATION },
        };
  const share: Expression = contract ?? {
    kind: 'number',
    value: (37.5 * SECONDS.h) / SECONDS.week,
    dimension: NUMBER,
  };
  return { kind: 'binary', operator: '*', left: perFullTime, right: share };
}
