import type { InputArrivals, InputExpression, InputPool, SimulationInput } from '@pathway/simulation';
import { expressionText } from '../expressions.js';
import { pathwaySections } from '../pathway-sections.js';
import { activityTexts, timesAmongAttributes } from '../program-names.js';
import { plainText, SnakeNames, timeText } from '../program-text.js';
import type { ProgramOptions } from '../python/program.js';
import { simmerFigures } from './figures.js';
import { type SimmerScope, TrajectoryWriter } from './flow-text.js';
import { R_LAWS } from './laws.js';
import { R, rNumber, rText } from './r.js';
import { RUN } from './run.js';
import { R_PARTS } from './parts.js';
import { TOOLKIT } from './toolkit.js';

/** Words of R and names of the program's own that nothing else may be called. */
const RESERVED = [
  ...'if else repeat while function for next break true false null inf nan na in c t q p now run build option arguments runs replications replicate_once figure mean_of window_mean trajectory branch clone seize release timeout rollback join leave send trap wait select list max min round floor mean sum exp log sqrt abs'.split(
    ' ',
  ),
  ...'MINUTE HOUR DAY WARM_UP RUN END REPLICATIONS SEED FOREVER LATER TIMES WAITS OUTCOMES FACILITIES FACILITY_OF POOLS_OF PRIORITIES HAS_PRIORITIES AT_GIVEN_TIMES ATTRIBUTE_NAMES ASKED_FOR_SEVERAL MOMENTS ATTRIBUTES TITLES T F'.split(
    ' ',
  ),
  ...[...R_LAWS, ...R_PARTS].map(({ name }) => name),
  ...[TOOLKIT, ...R_PARTS.map(({ text }) => text)].flatMap((text) =>
    [...text.matchAll(/^([a-z_]+) <- /gm)].map(([, name = '']) => name),
  ),
];

/** What a patient has besides attributes. */
const OF_PATIENT =
  'cohort number arrived clocks ends kept asked since until branches ended_at gave_up marks rounds ended waited had outcome'.split(
    ' ',
  );

/**
 * A simulation input as a program in R for simmer 4: pools are its resources, pathways its trajectories. Constructs that the
 * table of `constructs.ts` does not call said are left out.
 */
export function simmerProgram(input: SimulationInput, options: ProgramOptions): string {
  // Programs for simmer begin empty, which is told.
  return new SimmerProgram({ ...input, present: [] }, options).text();
}

class SimmerProgram {
  readonly #names = new SnakeNames(RESERVED);
  readonly #used = new Set<string>();
  readonly #constants: string[] = [];
  readonly #constantNames = new Map<string, string>();
  readonly #pools: readonly string[];
  readonly #scope: SimmerScope;

  constructor(
    readonly input: SimulationInput,
    readonly options: ProgramOptions,
  ) {
    this.#pools = poolNames(input);
    const own = new SnakeNames([...RESERVED, ...OF_PATIENT]);
    this.#scope = {
      dialect: R,
      input,
      attributes: input.attributes.map(({ name }) => own.fresh(name)),
      facilities: input.facilities.map(({ id }) => rText(id)),
      activities: activityTexts(input, rText),
      patient: 'p()',
      used: this.#used,
      constant: (values) => this.#constant(values),
      names: this.#names,
      resources: input.targets.map(({ members }) => rText(this.#pools[members[0]?.pool ?? -1] ?? '')),
      sites: new Map(),
      activityOfSite: new Map(),
    };
  }

  text(): string {
    const { lines: ways, trajectoryOf } = this.#ways();
    const people = this.#people();
    const build = this.#build(trajectoryOf);
    const figures = simmerFigures(this.#scope);
    const has = (name: string): boolean => this.#used.has(name);
    return [
      this.#head(),
      heading('laws of probability'),
      ...R_LAWS.filter(({ name }) => has(name)).map(({ text }) => `\n${text}`),
      heading('how patients go, and what is observed of them'),
      '',
      TOOLKIT,
      ...R_PARTS.filter(({ name }) => has(name)).map(({ text }) => `\n${text}`),
      heading('what there is'),
      '',
      ...this.#constants,
      ...this.#supply(),
      heading('patients'),
      '',
      ...people,
      heading('the ways of patients'),
      '',
      ...ways,
      ...build,
      heading('figures'),
      '',
      ...figures,
      heading('runs and what is printed of them'),
      '',
      RUN,
    ].join('\n');
  }

  #head(): string {
    const { title, study, scenario, sourceHash, languageVersion, warmUp, run, seed, start, timezone, notes } =
      this.input;
    const list = (lines: readonly string[]): string[] => lines.map((line) => `#   - ${plainText(line)}`);
    const { notSaid } = this.options;
    return [
      `# ${plainText(title)}: study ${plainText(study)}${scenario === '' ? '' : `, scenario ${plainText(scenario)}`}, for simmer 4.`,
      '#',
      `# Written from a Pathway simulation input (language ${languageVersion}, source ${sourceHash.slice(0, 12)}). R 4 and`,
      '# simmer 4.4.6 or later are needed:',
      '#',
      `#     Rscript -e 'install.packages("simmer")'`,
      '#     Rscript FILE [--replications=N] [--seed=N] [--json]',
      '#',
      `# Times are seconds after ${plainText(start)} (${plainText(timezone)}). The random numbers are R's, so single runs differ`,
      '# from those of Pathway, and means agree within their intervals.',
      '#',
      ...(notSaid.length === 0
        ? ['# All of the model is represented.']
        : ['# Not represented:', '#', ...list(notSaid)]),
      ...(notes.length === 0 ? [] : ['#', '# Assumptions:', '#', ...list(notes)]),
      '',
      'suppressPackageStartupMessages(library(simmer))',
      '',
      'MINUTE <- 60',
      'HOUR <- 3600',
      'DAY <- 86400',
      '',
      `WARM_UP <- ${timeText(warmUp)}`,
      `RUN <- ${timeText(run)}`,
      'END <- WARM_UP + RUN',
      'FOREVER <- 10 * END',
      '# So long after work that ends at the same instant capacities change, so that what becomes free is still taken.',
      'LATER <- 0.0001',
      `REPLICATIONS <- ${this.options.replications}`,
      `SEED <- ${seed}`,
    ].join('\n');
  }

  #constant(values: readonly string[]): string {
    const key = values.join(', ');
    let name = this.#constantNames.get(key);
    if (name === undefined) {
      name = this.#names.fresh('list', 'upper');
      this.#constantNames.set(key, name);
      this.#constants.push(...filled(`${name} <- c(`, values));
    }
    return name;
  }

  #supply(): string[] {
    const { input } = this;
    const pools = input.facilities.map((_, f) =>
      input.pools.flatMap(({ facility }, i) => (facility === f ? [rText(this.#pools[i] ?? '')] : [])),
    );
    return [
      '# Facilities as figures speak of them, and the resources of simmer that belong to them.',
      ...filled(
        'FACILITIES <- c(',
        input.facilities.map(({ id }) => rText(id)),
      ),
      ...filled(
        'POOLS_OF <- list(',
        input.facilities.map(({ id }, f) => `${rText(id)} = c(${(pools[f] ?? []).join(', ')})`),
      ),
      ...filled(
        'FACILITY_OF <- list(',
        input.pools.map(
          ({ facility }, i) => `${rText(this.#pools[i] ?? '')} = ${rText(input.facilities[facility]?.id ?? '')}`,
        ),
      ),
      '# Facilities of which somebody asks for more than one unit.',
      ...filled(
        'ASKED_FOR_SEVERAL <- c(',
        askedForSeveral(input).map((f) => rText(input.facilities[f]?.id ?? '')),
      ),
    ];
  }

  #ways(): { readonly lines: readonly string[]; readonly trajectoryOf: ReadonlyMap<string, string> } {
    const trajectoryOf = new Map<string, string>();
    const lines: string[] = [];
    for (const { pathway, title, sections } of pathwaySections(this.input)) {
      const [section] = sections;
      if (section === undefined) continue;
      const name = this.#names.fresh(title);
      trajectoryOf.set(pathway, name);
      lines.push(...new TrajectoryWriter(this.#scope).definition(name, plainText(title), section));
    }
    return { lines, trajectoryOf };
  }

  #active(): SimulationInput['cohorts'] {
    return this.input.cohorts.filter(({ entries }) => entries.length > 0);
  }

  #people(): string[] {
    const times = timesAmongAttributes(this.input);
    const scope = { ...this.#scope, patient: 'p' };
    const writer = new TrajectoryWriter(scope);
    const functions = this.#active().map(({ id, title, origin, attributes, priority }) => {
      const lines = attributes.map(({ attribute, value }) => {
        const text = expressionText(value, scope, times.has(attribute) ? 'time' : { attribute });
        return `    p$${scope.attributes[attribute] ?? ''} <- ${text}`;
      });
      const told = `  # ${plainText(title)}${origin === '' ? '' : ` (${plainText(origin)})`}`;
      return {
        attributes: `${told}\n  ${rText(id)} = function(p) {${lines.length === 0 ? '' : `\n${lines.join('\n')}\n  `}}`,
        priority: `  ${rText(id)} = function(p) ${writer.priority(priority)}`,
      };
    });
    return [
      '# What patients of each cohort are like, and how urgent they are: the smaller number comes first.',
      `ATTRIBUTES <- list(\n${functions.map((each) => each.attributes).join(',\n')}\n)`,
      `HAS_PRIORITIES <- ${this.#active().some(({ priority }) => priority.op !== 'number' || priority.value !== 0) ? 'TRUE' : 'FALSE'}`,
      '# Cohorts whose patients come at given times, and all that patients may be asked for.',
      `AT_GIVEN_TIMES <- c(${this.#active()
        .filter(({ arrivals }) => arrivals.kind === 'batch' || arrivals.kind === 'recorded')
        .map(({ id }) => rText(id))
        .join(', ')})`,
      `ATTRIBUTE_NAMES <- c(${scope.attributes.map(rText).join(', ')})`,
      `PRIORITIES <- list(\n${functions.map((each) => each.priority).join(',\n')}\n)`,
    ];
  }

  #build(trajectoryOf: ReadonlyMap<string, string>): string[] {
    const { input } = this;
    const resources = input.pools.map(
      (pool, i) => `add_resource(${rText(this.#pools[i] ?? '')}, ${this.#capacity(pool, i)})`,
    );
    const generators = this.#active().flatMap(({ id, arrivals, entries }) => {
      const times = this.#arrivals(arrivals);
      if (times === undefined) return [];
      const ways = entries.map(({ flow }) => trajectoryOf.get(input.flows[flow]?.pathway ?? '') ?? '');
      return [`add_generator(${rText(`${id} `)}, newcomer(${[rText(id), ...ways].join(', ')}), ${times}, mon = 0)`];
    });
    const parts = [...resources, ...generators].map((part) => ` %>%\n    ${part}`).join('');
    return ['# Resources and arrivals of a replication.', 'build <- function() {', `  env${parts}`, '}'];
  }

  #capacity({ capacity }: InputPool, place: number): string {
    if (capacity === 'unlimited') return 'Inf';
    const { at, value, period } = capacity;
    const [only = 0] = value;
    if (value.length === 1) return rNumber(Math.round(only));
    const times = at.map((time) => timeText(time));
    const places = this.#vector(times);
    const counts = this.#vector(value.map((each) => rNumber(Math.round(each))));
    return `schedule(later(${places}, ${place}), ${counts}, ${period === undefined ? 'Inf' : timeText(period)})`;
  }

  #vector(values: readonly string[]): string {
    return values.length > 12 ? this.#constant(values) : `c(${values.join(', ')})`;
  }

  /** When patients of a cohort come, as simmer's generators have it. */
  #arrivals(arrivals: InputArrivals): string | undefined {
    const text = (expression: InputExpression): string => expressionText(expression, this.#scope, 'time');
    const group = 'group' in arrivals ? arrivals.group : undefined;
    const size = group === undefined ? undefined : `function() ${expressionText(group, this.#scope)}`;
    const together = (between: string): string => {
      if (size === undefined) return between;
      this.#used.add('in_groups');
      return `in_groups(${between}, ${size})`;
    };
    switch (arrivals.kind) {
      case 'none':
        return undefined;
      case 'renewal': {
        const between = `function() max(0, ${text(arrivals.between)})`;
        if (arrivals.first === undefined) return together(between);
        const first = `max(0, ${text(arrivals.first)})`;
        if (size === undefined) return `from(${first}, ${between})`;
        this.#used.add('beginning_with');
        return together(`beginning_with(function() ${first}, ${between})`);
      }
      case 'poisson': {
        const { at, value, period } = arrivals.rate;
        const [rate = 0] = value;
        if (value.every((each) => each === 0)) return undefined;
        if (value.length === 1) {
          this.#used.add('exponential');
          return together(`function() exponential(${timeText(1 / rate)})`);
        }
        this.#used.add('times_at_rate');
        const parts = [this.#vector(at.map(timeText)), this.#vector(value.map(rNumber))];
        const times = `times_at_rate(${[...parts, ...(period === undefined ? [] : [timeText(period)])].join(', ')})`;
        if (size === undefined) return `at(${times})`;
        this.#used.add('batches');
        return `at(batches(${times}, ${size}))`;
      }
      case 'batch':
        this.#used.add('batches');
        return `at(one_by_one(batches(${this.#vector(arrivals.at.map(timeText))}, function() ${expressionText(arrivals.size, this.#scope)})))`;
      case 'appointments':
        this.#used.add('appointments');
        return `at(appointments(${this.#vector(arrivals.at.map(timeText))}, function() ${expressionText(arrivals.shows, this.#scope)}, function() ${text(arrivals.deviation)}))`;
      case 'recorded':
        return `at(one_by_one(${this.#vector(arrivals.at.map(timeText))}))`;
    }
  }
}

/** Facilities of which an instruction asks for more than one unit. */
function askedForSeveral({ instructions, targets, pools }: SimulationInput): number[] {
  const found = new Set<number>();
  for (const instruction of instructions) {
    if (instruction.op !== 'request') continue;
    for (const { amount, of } of instruction.needs) {
      if (amount.op === 'number' && Math.round(amount.value) <= 1) continue;
      for (const { pool } of of.flatMap((target) => targets[target]?.members ?? []))
        found.add(pools[pool]?.facility ?? -1);
    }
  }
  return [...found].sort((a, b) => a - b);
}

function heading(text: string): string {
  return `\n# ---- ${text} ${'-'.repeat(Math.max(4, 110 - text.length))}`;
}

/** Parts of a call on as many lines as are needed. */
function filled(before: string, parts: readonly string[]): string[] {
  const lines: string[] = [];
  let line = ' ';
  parts.forEach((part, i) => {
    const next = ` ${part}${i === parts.length - 1 ? '' : ','}`;
    if (line.trim() !== '' && line.length + next.length > 110) {
      lines.push(line);
      line = ' ';
    }
    line += next;
  });
  return [before, ...lines, ...(line.trim() === '' ? [] : [line]), ')'];
}

/** Pools by their ids, else those of their facilities; each once. */
function poolNames({ pools, facilities }: SimulationInput): string[] {
  const taken = new Set<string>();
  return pools.map(({ id, facility }) => {
    const base = id === '' ? (facilities[facility]?.id ?? '') : id;
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base} ${n}`;
    taken.add(name);
    return name;
  });
}
