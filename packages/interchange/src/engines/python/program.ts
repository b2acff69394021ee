import type { SimulationInput } from '@pathway/simulation';
import { measuredRequests } from '../flow-facts.js';
import { landing } from '../flow-structure.js';
import { pathwaySections } from '../pathway-sections.js';
import { activityTexts } from '../program-names.js';
import { indented, SnakeNames, timeText, wrapped } from '../program-text.js';
import { docText, figureLines } from './figures.js';
import type { FlowScope } from './flow-scope.js';
import { FlowWriter } from './flow-text.js';
import { LAWS, type ToolkitPart } from './laws.js';
import { MAIN } from './main.js';
import { LEVELS, OBSERVATIONS } from './measuring.js';
import { OF_PATIENT, RESERVED } from './names.js';
import { PARTS } from './parts.js';
import { PERSON } from './patients.js';
import { peopleLines } from './people-text.js';
import { PYTHON, pythonText } from './python.js';
import { supplyLines } from './supply-text.js';

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
    const supply = supplyLines({
      input: this.input,
      flow: this.#scope,
      pools: this.#pools,
      settings: this.engine.settings,
    });
    const { lines: ways, functionOf } = this.#ways();
    const people = peopleLines(this.#scope, this.#cohorts, functionOf);
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

  #begin(functionOf: ReadonlyMap<string, string>): string[] {
    const { input } = this;
    const body: string[] = [];
    if (this.#used.has('gather')) body.push('for each in Gathering.all:', '    each.reset()');
    const groups = input.present.filter(({ count }) => count > 0);
    if (groups.length > 0) body.push('numbers = collections.Counter()');
    for (const { flow, instruction, count } of groups) {
      const told = input.flows[flow];
      if (told === undefined) continue;
      const cohort = this.#cohorts[told.cohort] ?? '';
      const way = functionOf.get(`${told.pathway} ${instruction}`) ?? '';
      body.push(
        `for _ in range(${count}):`,
        `    patient = Patient(${cohort}, 2**30 + numbers[${cohort}])`,
        `    numbers[${cohort}] += 1`,
        `    ${cohort}.attributes(patient)`,
        `    env.process(live(patient, ${way}, is_new=False))`,
        '    settle()',
      );
    }
    if (groups.length > 0) body.push(...FORGET);
    return [
      ...(groups.length > 0 ? [SETTLE, '', ''] : []),
      'def begin():',
      '    """What is there when the clock starts."""',
      ...indented(body),
    ];
  }
}

/** Those who are there when the clock starts take their places one after the other, before anything else happens. */
const SETTLE = `def settle():
    """Until nothing goes on by itself at this instant."""
    while env._queue and env._queue[0][:2] < (0, 1):
        env.step()`;

const FORGET = [
  '# They took their places before the window, also where that begins at once.',
  'counts.clear()',
  'durations.clear()',
  'for each in Facility.all:',
  '    each.waits.clear()',
  'for each in (*Time.all, *Wait.all, *Outcome.all):',
  '    each.reset()',
];

function heading(text: string): string {
  return `\n\n# ---- ${text} ${'-'.repeat(Math.max(4, 110 - text.length))}`;
}
