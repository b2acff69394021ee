import type { Highs } from 'highs';
import { generateColumns, Pricing } from './column-generation.js';
import { ColumnPool } from './columns.js';
import { compileRoster } from './compiled.js';
import { cutsOf } from './cuts.js';
import type { Effort } from './effort.js';
import { LineProgram } from './line-program.js';
import { Master } from './master.js';
import type { LineRules, RosterPerson, RosterProblem } from './problem.js';

/**
 * What no roster of a long period is below: the sum of the bounds of its blocks. A line that keeps the rules over the period
 * keeps them within a block whose runs may have begun before it, and no cost is below 0; limits over the period and least
 * working time are let go, so that the bound holds and is weaker than one of the whole.
 */
export function boundByBlocks(highs: Highs, problem: RosterProblem, effort: Effort, until: number): number {
  const cuts = cutsOf(problem);
  const first = effort.spent;
  let bound = 0;
  for (let index = 0; index + 1 < cuts.length && !effort.over(until); index += 1) {
    const share = first + ((until - first) * (index + 1)) / (cuts.length - 1);
    bound += Math.max(0, boundOf(highs, blockOf(problem, cuts[index]!, cuts[index + 1]!), effort, share));
  }
  return bound;
}

function boundOf(highs: Highs, block: RosterProblem, effort: Effort, until: number): number {
  const roster = compileRoster(block);
  const pricing = new Pricing(roster, new LineProgram(roster, effort), new ColumnPool(roster), effort, true);
  const master = new Master(highs, roster, roster.people, new Float64Array(roster.rows), effort);
  try {
    return generateColumns(roster, master, pricing, effort, until).value;
  } finally {
    master.dispose();
  }
}

function blockOf(problem: RosterProblem, from: number, to: number): RosterProblem {
  const inside = (day: number): boolean => day >= from && day < to;
  const moved = <Each extends { readonly day: number }>(list: readonly Each[]): readonly Each[] =>
    list.filter(({ day }) => inside(day)).map((each) => ({ ...each, day: each.day - from }));
  return {
    ...problem,
    days: to - from,
    firstWeekday: (problem.firstWeekday + from) % 7,
    people: problem.people.map((person): RosterPerson => {
      const { before, refusals: _refusals, ...rest } = person;
      const { overtime: _overtime, shares: _shares, ...rules } = person.rules;
      return {
        ...rest,
        ...(from === 0 && before !== undefined && { before }),
        rules: rulesInBlock({ ...rules, minMinutes: 0 }, problem.firstWeekday, from, to),
        away: moved(person.away),
        fixed: moved(person.fixed),
        wishes: moved(person.wishes),
      };
    }),
    needs: problem.needs
      .filter(({ slots }) => slots.length > 0 && slots.every(({ day }) => inside(day)))
      .map((need) => ({ ...need, slots: moved(need.slots) })),
  };
}

/** Rules of some days, or weeks, only: those of a block, counted from its first day. */
function rulesInBlock(rules: LineRules, firstWeekday: number, from: number, to: number): LineRules {
  const { phases, limits } = rules;
  const first = Math.floor((from + firstWeekday) / 7);
  return {
    ...rules,
    ...(phases !== undefined && {
      phases: phases.map((phase) => ({
        ...phase,
        days: phase.days.filter((day) => day >= from && day < to).map((day) => day - from),
      })),
    }),
    limits: limits.map((limit) =>
      limit.of === 'weekends' || limit.weeks === undefined
        ? limit
        : { ...limit, weeks: limit.weeks.map((week) => week - first) },
    ),
  };
}
