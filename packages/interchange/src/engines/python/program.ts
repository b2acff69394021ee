import type { InputArrivals, InputExpression, InputPool, SimulationInput } from '@pathway/simulation';
import { expressionText } from '../expressions.js';
import { measuredRequests } from '../flow-facts.js';
import { landing } from '../flow-structure.js';
import { pathwaySections } from '../pathway-sections.js';
import { activityTexts, timesAmongAttributes } from '../program-names.js';
import { indented, plainText, SnakeNames, timeText, wrapped } from '../program-text.js';
import { arrivalLines, stepsText } from './arrivals.js';
import { docText, figureLines } from './figures.js';
import { type FlowScope, FlowWriter } from './flow-text.js';
import { LAWS, type ToolkitPart } from './laws.js';
import { MAIN } from './main.js';
import { LEVELS, OBSERVATIONS } from './measuring.js';
import { OF_PATIENT, RESERVED } from './names.js';
import { PARTS } from './parts.js';
import { PERSON } from './patients.js';
import { PYTHON, pythonText } from './python.js';

/** What programs for one engine are made of besides what all have. */
export interface PythonEngine {
  readonly title: string;
  /** Version of Python and of the engine, and how it is installed. */
  readonly needs: string;
  readonly install: string;
  /** Modules besides those that all programs need. */
  readonly modules: readonly string[];
  /** How units and queues work there. */
  readonly core: string;
  /** How patients take units, and how they come. */
  readonly patients: string;
  readonly parts: readonly ToolkitPart[];
  /** The function `replicate`. */
  readonly replicate: string;
  /** Programs cannot say who is there at the start. */
  readonly beginsEmpty?: boolean;
  /** What is set of pools besides, by their names. */
  readonly settings?: (input: SimulationInput, pools: readonly string[]) => readonly string[];
}

/** What a program is made of besides the input. */
export interface ProgramOptions {
  readonly replications: number;
  /** What the program does not represent, line by line. */
  readonly notSaid: readonly string[];
}

/**
 * A simulation input as a program in Python: units, queues and patients as the semantics has them, every pathway a
 * function that reads like it. Constructs that the table of `constructs.ts` does not call said are left out.
 */
export function pythonProgram(input: SimulationInput, options: ProgramOptions, engine: PythonEngine): string {
  return new PythonProgram(input, options, engine).text();
}

class PythonProgram {
  readonly #names = new SnakeNames(RESERVED);
  readonly #used = new Set<string>();
  readonly #constants: string[] = [];
  readonly #constantNames = new Map<string, string>();
  readonly #scope: FlowScope;
  readonly #pools: readonly string[];
  readonly #cohorts: readonly string[];

  constructor(
    readonly input: SimulationInput,
    readonly options: ProgramOptions,
    readonly engine: PythonEngine,
  ) {
    const upper = (title: string): string => this.#names.fresh(title, 'upper');
    const targets = input.targets.map(({ name }) => upper(name));
    const facilities = input.facilities.map(({ id }) => upper(`facility ${id}`));
    this.#pools = input.pools.map(({ id, facility }) => {
      const group = input.facilities[facility]?.id ?? '';
      return upper(`pool ${id === '' ? group : id}`);
    });
    this.#cohorts = input.cohorts.map(({ title, id }) => upper(title === '' ? id : title));
    const own = new SnakeNames([...RESERVED, ...OF_PATIENT]);
    this.#scope = {
      dialect: PYTHON,
      input,
      attributes: input.attributes.map(({ name }) => own.fresh(name)),
      facilities,
      activities: activityTexts(input, pythonText),
      patient: 'p',
      used: this.#used,
      constant: (values) => this.#constant(values),
      names: this.#names,
      targets,
      sites: new Map(),
      activityOfSite: new Map(),
      measured: measuredRequests(input),
      watched: new Set(input.moments.flatMap((moment) => (moment.at === 'request' ? [moment.activity] : []))),
      gathers: input.instructions.some(({ op }) => op === 'gather'),
      definitions: [],
    };
  }

  text(): string {
    const supply = this.#supply();
    const { lines: ways, functionOf } = this.#ways();
    const people = this.#people(functionOf);
    const { input } = this;
    const figures = figureLines({
      input,
      names: this.#names,
      facilities: this.#scope.facilities,
      cohorts: this.#cohorts,
      activities: this.#scope.activities,
      attributes: this.#scope.attributes,
      sites: this.#scope.sites,
      used: this.#used,
    });
    const begin = this.engine.beginsEmpty === true ? [] : ['', '', ...this.#begin(functionOf)];
    const sites = [...this.#scope.activityOfSite].map(([site, activity]) => `'${site}': ${activity}`);
    const queues = figures.queues.map((site) => `site_queues['${site}'] = Level()`);
    const parts = this.#parts(LAWS).filter((text) => !text.startsWith('def rounded('));
    const sections = [
      this.#head(),
      heading('laws of probability'),
      ...parts.map((text) => `\n\n${text}`),
      heading('how time, units, queues and patients work'),
      '',
      [LEVELS, this.engine.core, PERSON, this.engine.patients, OBSERVATIONS].join('\n\n\n'),
      ...this.#parts([...PARTS, ...this.engine.parts]).map((text) => `\n\n${text}`),
      heading('what there is'),
      '',
      ...this.#constants,
      ...supply,
      ...wrapped('ACTIVITY_OF_SITE = {', sites, '}'),
      ...queues,
      ...this.#scope.definitions,
      heading('the ways of patients'),
      '',
      '',
      ...ways,
      `# ---- patients ${'-'.repeat(102)}`,
      ...people,
      heading('figures'),
      '',
      ...figures.lines,
      ...begin,
      heading('runs and what is printed of them'),
      '',
      '',
      this.engine.replicate,
      '',
      '',
      MAIN,
    ];
    return sections.join('\n').replace(/\n{4,}/g, '\n\n\n');
  }

  #head(): string {
    const { title, study, scenario, sourceHash, languageVersion, warmUp, run, seed, start, timezone } = this.input;
    const notSaid = this.options.notSaid.map((line) => `  - ${docText(line)}`);
    const notes = this.input.notes.map((note) => `  - ${docText(note)}`);
    return [
      '#!/usr/bin/env python3',
      '"""',
      `${docText(title)}: study ${docText(study)}${scenario === '' ? '' : `, scenario ${docText(scenario)}`}, for ${this.engine.title}.`,
      '',
      `Written from a Pathway simulation input (language ${languageVersion}, source ${sourceHash.slice(0, 12)}). ${this.engine.needs}`,
      'are needed:',
      '',
      `    ${this.engine.install}`,
      '    python3 FILE [--replications N] [--seed N] [--json]',
      '',
      `Times are seconds after ${docText(start)} (${docText(timezone)}). The random numbers are Python's, so single runs differ`,
      'from those of Pathway, and means agree within their intervals.',
      '',
      ...(notSaid.length === 0 ? ['All of the model is represented.'] : ['Not represented:', '', ...notSaid]),
      ...(notes.length === 0 ? [] : ['', 'Assumptions:', '', ...notes]),
      '"""',
      '',
      'import argparse',
      ...this.#modules().map((name) => `import ${name}`),
      '',
      'MINUTE, HOUR, DAY = 60, 3600, 86400',
      '',
      `WARM_UP = ${timeText(warmUp)}`,
      `RUN = ${timeText(run)}`,
      'END = WARM_UP + RUN',
      `REPLICATIONS = ${this.options.replications}`,
      `SEED = ${seed}`,
    ].join('\n');
  }

  /** Modules of Python in their order, and those of others after them. */
  #modules(): string[] {
    const own = ['bisect', 'collections', 'functools', 'heapq', 'itertools', 'json', 'math', 'random', 'statistics'];
    const asked = new Set([...this.engine.modules, 'collections', 'itertools', 'json', 'math', 'random', 'statistics']);
    if (this.#used.has('weibull_of_mean')) asked.add('functools');
    if (this.#used.has('wait_until')) asked.add('bisect');
    return [...own.filter((name) => asked.has(name)), ...this.engine.modules.filter((name) => !own.includes(name))];
  }

  /** A list at the beginning of the program. */
  #constant(values: readonly string[]): string {
    const key = values.join(', ');
    let name = this.#constantNames.get(key);
    if (name === undefined) {
      name = this.#names.fresh('list', 'upper');
      this.#constantNames.set(key, name);
      this.#constants.push(...wrapped(`${name} = [`, values, ']'));
    }
    return name;
  }

  #parts(all: readonly ToolkitPart[]): string[] {
    for (const { name, needs = [] } of [...all].reverse())
      if (this.#used.has(name)) for (const each of needs) this.#used.add(each);
    return all.flatMap(({ name, text }) => (this.#used.has(name) ? [text] : []));
  }

  #supply(): string[] {
    const { input } = this;
    const stocks = new Map(input.stocks.map((stock) => [stock.pool, stock] as const));
    return [
      ...input.facilities.map(({ id, title, kind }, f) => {
        const staff = kind === 'staff' ? ', is_staff=True' : '';
        return `${this.#scope.facilities[f] ?? ''} = Facility(${pythonText(id)}, ${pythonText(plainText(title))}${staff})`;
      }),
      '',
      ...input.pools.flatMap((pool, i) => {
        const facility = this.#scope.facilities[pool.facility] ?? '';
        const stock = stocks.get(i);
        const parts = [facility, ...this.#timetable(pool)];
        if (stock !== undefined) parts.push(...this.#stock(stock));
        return wrapped(`${this.#pools[i] ?? ''} = ${stock === undefined ? 'Pool' : 'Stock'}(`, parts, ')');
      }),
      ...(this.engine.settings?.(input, this.#pools) ?? []),
      '',
      ...input.targets.flatMap(({ members }, t) =>
        wrapped(
          `${this.#scope.targets[t] ?? ''} = Target(`,
          members.map(({ pool, rank }) => `(${this.#pools[pool] ?? ''}, ${rank})`),
          ')',
        ),
      ),
    ];
  }

  #timetable({ capacity, breakdown }: InputPool): string[] {
    if (capacity === 'unlimited') return ['None'];
    const parts = [stepsText(capacity, this.#scope)];
    if (capacity.period !== undefined) parts.push(`period=${timeText(capacity.period)}`);
    if (breakdown !== undefined) {
      const every = expressionText(breakdown.every, this.#scope, 'time');
      const lasts = expressionText(breakdown.lasts, this.#scope, 'time');
      parts.push(`breakdown=(lambda: ${every}, lambda: ${lasts})`);
    }
    return parts;
  }

  #stock({ most, deliveries, orders }: SimulationInput['stocks'][number]): string[] {
    this.#used.add('stock');
    const draw = (expression: InputExpression, writing: 'plain' | 'time' = 'plain'): string =>
      `lambda: ${expressionText(expression, this.#scope, writing)}`;
    const parts: string[] = [];
    if (most !== undefined) parts.push(`room=${most}`);
    if (deliveries.length > 0)
      parts.push(
        `deliveries=[${deliveries.map(({ at, amount }) => `(${this.#constant(at.map(timeText))}, ${draw(amount)})`).join(', ')}]`,
      );
    if (orders.length > 0)
      parts.push(
        `orders=[${orders.map(({ below, amount, after }) => `(${below}, ${draw(amount)}, ${draw(after, 'time')})`).join(', ')}]`,
      );
    return parts;
  }

  /** The functions of all pathways, and the function at which each instruction is entered. */
  #ways(): { readonly lines: readonly string[]; readonly functionOf: ReadonlyMap<string, string> } {
    const { input } = this;
    const lines: string[] = [];
    const functionOf = new Map<string, string>();
    for (const { pathway, title, entries, sections } of pathwaySections(input)) {
      const writer = new FlowWriter(this.#scope, title);
      const names = writer.name(sections);
      for (const instruction of entries)
        functionOf.set(`${pathway} ${instruction}`, names.get(landing(input.instructions, instruction)) ?? '');
      lines.push(...writer.functions(sections));
    }
    return { lines, functionOf };
  }

  #people(functionOf: ReadonlyMap<string, string>): string[] {
    const { input } = this;
    const times = timesAmongAttributes(input);
    const lines: string[] = ['', ''];
    const missing = input.attributes.filter((_, a) =>
      input.cohorts.some(({ attributes }) => !attributes.some((each) => each.attribute === a)),
    );
    if (missing.length > 0) {
      lines.push('# What a cohort does not have.');
      for (const each of missing)
        lines.push(`Patient.${this.#scope.attributes[input.attributes.indexOf(each)] ?? ''} = math.nan`);
      lines.push('', '');
    }
    input.cohorts.forEach((cohort, c) => {
      if (cohort.entries.length === 0) return;
      const name = this.#cohorts[c] ?? '';
      const own = name.toLowerCase();
      const attributes = this.#names.fresh(`attributes of ${own}`);
      lines.push(
        `def ${attributes}(p):`,
        `    """${docText(cohort.title)}${cohort.origin === '' ? '' : ` (${docText(cohort.origin)})`}"""`,
      );
      for (const { attribute, value } of cohort.attributes) {
        const writing = times.has(attribute) ? 'time' : { attribute };
        const text = expressionText(value, this.#scope, writing);
        lines.push(`    p.${this.#scope.attributes[attribute] ?? ''} = ${text}`);
      }
      lines.push('', '');
      const arrivals = this.#arrivals(cohort.arrivals, name);
      if (arrivals !== undefined) lines.push(...arrivals.lines, '', '');
      const priority = expressionText(cohort.priority, this.#scope);
      const ways = cohort.entries.map(
        ({ flow, instruction }) => functionOf.get(`${input.flows[flow]?.pathway ?? ''} ${instruction}`) ?? '',
      );
      lines.push(
        ...wrapped(
          `${name} = Cohort(`,
          [
            pythonText(plainText(cohort.title)),
            `[${ways.join(', ')}]`,
            arrivals?.name ?? 'None',
            attributes,
            `lambda p: ${/\bwaited\b/.test(priority) ? `lambda waited: ${priority}` : priority}`,
          ],
          ')',
        ),
        '',
        '',
      );
    });
    return lines;
  }

  #arrivals(
    arrivals: InputArrivals,
    cohort: string,
  ): { readonly name: string; readonly lines: readonly string[] } | undefined {
    const body = arrivalLines(arrivals, cohort, this.#scope);
    if (body === undefined) return undefined;
    const name = this.#names.fresh(`arrivals of ${cohort.toLowerCase()}`);
    return { name, lines: [`def ${name}():`, ...indented(body)] };
  }

  #begin(functionOf: ReadonlyMap<string, string>): string[] {
    const { input } = this;
    const body: string[] = [];
    if (this.#used.has('gather')) body.push('for each in Gathering.all:', '    each.reset()');
    for (const { flow, instruction, count } of input.present) {
      const told = input.flows[flow];
      if (told === undefined || count === 0) continue;
      const cohort = this.#cohorts[told.cohort] ?? '';
      const way = functionOf.get(`${told.pathway} ${instruction}`) ?? '';
      body.push(
        `for _ in range(${count}):`,
        `    patient = Patient(${cohort}, 0)`,
        `    ${cohort}.attributes(patient)`,
        `    env.process(live(patient, ${way}, is_new=False))`,
      );
    }
    return ['def begin():', '    """What is there when the clock starts."""', ...indented(body)];
  }
}

function heading(text: string): string {
  return `\n\n# ---- ${text} ${'-'.repeat(Math.max(4, 110 - text.length))}`;
}
