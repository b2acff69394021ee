import type { Highs } from 'highs';

/** People who are alike: of one role at one place, with the same skills. */
export interface Supply {
  readonly id: string;
  readonly role: string;
  readonly organisation?: string;
  /** On duty in each hour of the week. */
  readonly byHour: readonly number[];
  /** Money an hour; 0 where it is not known. */
  readonly cost: number;
}

/** Work that asks for people: so many in each hour of the week. */
export interface Demand {
  readonly id: string;
  readonly organisation?: string;
  readonly byHour: readonly number[];
}

/** That a supply may do the work of a demand. */
export interface Match {
  readonly supply: number;
  readonly demand: number;
  /** Work done per time of one person, with ways and slower work taken off. */
  readonly speed: number;
  readonly kind: 'own' | 'lent' | 'substitute';
  /** At most so many of those who stand in for each one of these on duty. */
  readonly supervised?: { readonly by: readonly number[]; readonly ratio: number };
}

export interface MatchingProblem {
  readonly supplies: readonly Supply[];
  readonly demands: readonly Demand[];
  readonly matches: readonly Match[];
  /** What comes first where nobody need be short: less money, or less lending and standing in. */
  readonly least: 'cost' | 'disruption';
}

export interface MatchingAnswer {
  /** People short, by demand and hour. */
  readonly short: readonly (readonly number[])[];
  /** Hours a week that each match works. */
  readonly hours: readonly number[];
}

const HOURS = 168;
/** Somebody short costs so many times what the dearest person costs, so that it comes first. */
const SHORT = 1000;
/** Lending and standing in, in hours of the dearest person: as a tie-break, or before money. */
const DISRUPTION = { cost: 0.05, disruption: 20 };

/**
 * People to work, hour by hour, as a linear programme (HiGHS): fewest are short, then least cost or least disruption. People are
 * means, so parts of them are shared out; hours with the same numbers are solved once.
 */
export function matchSkills(highs: Highs, problem: MatchingProblem): MatchingAnswer {
  const { supplies, demands, matches } = problem;
  const short = demands.map(() => new Array<number>(HOURS).fill(0));
  const hours = matches.map(() => 0);
  const known = new Map<string, HourAnswer>();
  for (let hour = 0; hour < HOURS; hour += 1) {
    const there = supplies.map(({ byHour }) => byHour[hour] ?? 0);
    const wanted = demands.map(({ byHour }) => byHour[hour] ?? 0);
    if (wanted.every((people) => people === 0)) continue;
    const key = JSON.stringify([there, wanted]);
    const answer = known.get(key) ?? solveHour(highs, problem, there, wanted);
    known.set(key, answer);
    for (const [demand, people] of answer.short.entries()) short[demand]![hour] = people;
    for (const [match, people] of answer.people.entries()) hours[match] = hours[match]! + people;
  }
  return { short, hours };
}

interface HourAnswer {
  readonly people: readonly number[];
  readonly short: readonly number[];
}

function solveHour(
  highs: Highs,
  { supplies, demands, matches, least }: MatchingProblem,
  there: readonly number[],
  wanted: readonly number[],
): HourAnswer {
  const dearest = Math.max(1, ...supplies.map(({ cost }) => cost));
  const ruleOf = ({ demand, supervised: rule }: Match): string => JSON.stringify([demand, rule]);
  const supervised = new Map(
    matches.flatMap((match) => (match.supervised === undefined ? [] : [[ruleOf(match), match]])),
  );
  const rules = [...supervised.keys()];
  const rows = demands.length + supplies.length + rules.length;
  const columns = matches.length + demands.length;
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const match of matches) {
    const { supply, demand, speed } = match;
    indices.push(demand, demands.length + supply);
    values.push(speed, 1);
    const row = rules.indexOf(ruleOf(match));
    if (row >= 0) {
      indices.push(demands.length + supplies.length + row);
      values.push(1);
    }
    starts.push(indices.length);
  }
  for (const demand of demands.keys()) {
    indices.push(demand);
    values.push(1);
    starts.push(indices.length);
  }
  const limits = [...supervised.values()].map((match) => {
    const rule = match.supervised!;
    return rule.ratio * rule.by.reduce((sum, supply) => sum + (there[supply] ?? 0), 0);
  });
  const infinity = highs.infinity;
  const solver = highs.createModel();
  try {
    solver.options.set({ output_flag: false, random_seed: 1 });
    solver.passModel({
      numCols: columns,
      numRows: rows,
      colCost: Float64Array.from([
        ...matches.map(
          ({ supply, kind }) => supplies[supply]!.cost + (kind === 'own' ? 0 : DISRUPTION[least] * dearest),
        ),
        ...demands.map(() => SHORT * dearest),
      ]),
      colLower: new Float64Array(columns),
      colUpper: new Float64Array(columns).fill(infinity),
      rowLower: Float64Array.from([...wanted, ...there.map(() => -infinity), ...limits.map(() => -infinity)]),
      rowUpper: Float64Array.from([...wanted.map(() => infinity), ...there, ...limits]),
      matrix: {
        format: 'csc',
        numRows: rows,
        numCols: columns,
        starts: Int32Array.from(starts),
        indices: Int32Array.from(indices),
        values: Float64Array.from(values),
      },
    });
    solver.run();
    const { colValue } = solver.getSolution();
    const clean = (value: number): number => (value < 1e-9 ? 0 : value);
    return {
      people: matches.map((_, index) => clean(colValue[index] ?? 0)),
      short: demands.map((_, index) => clean(colValue[matches.length + index] ?? 0)),
    };
  } finally {
    solver.dispose();
  }
}
