import type { InputFormula, InputIndicator, InputMeasure, SimulationInput } from '@pathway/simulation';
import { formulaParts, isMoneyOrTime } from '../expression-parts.js';
import { plainText, type SnakeNames } from '../program-text.js';
import { PYTHON, pythonNumber, pythonText } from './python.js';

/** What figures speak of, by the names of the program. */
export interface FigureScope {
  readonly input: SimulationInput;
  readonly names: SnakeNames;
  readonly facilities: readonly string[];
  readonly cohorts: readonly string[];
  readonly activities: readonly string[];
  readonly attributes: readonly string[];
  readonly sites: ReadonlyMap<number, string>;
  readonly used: Set<string>;
}

type Observed = Exclude<InputMeasure, { kind: 'value' | 'share' }>;

/** The definitions of indicators, the list of figures, and the sites whose queues are counted. */
export function figureLines(scope: FigureScope): {
  readonly lines: readonly string[];
  readonly queues: readonly string[];
} {
  const writer = new FigureWriter(scope);
  return { lines: writer.lines(), queues: [...writer.queues] };
}

class FigureWriter {
  readonly queues = new Set<string>();
  readonly #names = new Map<number, string>();
  readonly #joints = new Map<string, string>();
  readonly #definitions: string[] = [];

  constructor(readonly scope: FigureScope) {}

  lines(): string[] {
    const { input } = this.scope;
    input.indicators.forEach((indicator, i) => this.#names.set(i, this.scope.names.fresh(indicator.id)));
    const figures: string[] = [];
    input.indicators.forEach((indicator, i) => figures.push(...this.#indicator(indicator, i)));
    for (const { id, text, indicator, statistic, argument } of input.expectations) {
      if (!this.#canSay(indicator)) continue;
      const unit = input.indicators[indicator]?.unit ?? 'number';
      const value = this.#statistic(indicator, statistic, argument === undefined ? undefined : pythonNumber(argument));
      figures.push(
        `(${pythonText(`expect ${id}`)}, ${pythonText(`Expected: ${plainText(text)}`)}, '${unit}', lambda: ${value}, ())`,
      );
    }
    return [
      ...this.#definitions,
      '',
      '# Key, title, unit, how it is worked out after a replication, and for which value.',
      'FIGURES = [',
      ...figures.map((figure) => `    ${figure},`),
      '    *facility_figures(),',
      ']',
    ];
  }

  #canSay(indicator: number): boolean {
    const measure = this.scope.input.indicators[indicator]?.measure;
    return measure !== undefined && (measure.kind !== 'value' || this.#canSayFormula(measure.value));
  }

  #canSayFormula(formula: InputFormula): boolean {
    return formulaParts(formula).every(
      (part) => !isMoneyOrTime(part) && (part.op !== 'indicator' || this.#canSay(part.indicator)),
    );
  }

  #indicator({ id, title, unit, by, measure, table }: InputIndicator, index: number): string[] {
    const name = this.#names.get(index) ?? '';
    if (measure.kind === 'value') {
      if (!this.#canSayFormula(measure.value)) return [];
      const value = this.#formula(measure.value);
      this.#definitions.push('', '', `def ${name}(n=math.nan):`, `    """${docText(title)}"""`, `    return ${value}`);
      const values = table ?? [undefined];
      return values.map((n) => {
        const key = n === undefined ? id : `${id}(${n})`;
        const told = n === undefined ? plainText(title) : `${plainText(title)}, ${n}`;
        return `(${pythonText(key)}, ${pythonText(told)}, '${unit}', ${name}, (${n === undefined ? '' : `${n},`}))`;
      });
    }
    this.#definitions.push('', `# ${plainText(title)}`, `${name} = ${this.#observations(measure, by)}`);
    const groups = by === undefined ? [] : (this.scope.input.attributes[by]?.categories ?? []);
    const figure = (key: string, told: string, group: string): string =>
      `(${pythonText(key)}, ${pythonText(told)}, '${unit}', lambda: mean(${name}.values[${group}]), ())`;
    return [
      figure(id, plainText(title), 'None'),
      ...groups.map((group) => {
        const category = this.scope.input.categories[group] ?? '';
        return figure(`${id} [${category}]`, `  ${plainText(category)}`, pythonText(category));
      }),
    ];
  }

  #observations(measure: Exclude<InputMeasure, { kind: 'value' }>, by: number | undefined): string {
    const inner = innermost(measure);
    const parts = this.#observed(inner);
    if (inner.cohorts !== undefined)
      parts.push(`cohorts=[${inner.cohorts.map((cohort) => this.scope.cohorts[cohort] ?? '').join(', ')}]`);
    if (by !== undefined) parts.push(`by=${pythonText(this.scope.attributes[by] ?? '')}`);
    if (measure.kind === 'share') {
      const sign = measure.operator === '=' ? '==' : measure.operator;
      parts.push(`holds=lambda value: value ${sign} ${pythonNumber(measure.limit)}`);
    }
    return `${{ time: 'Time', wait: 'Wait', 'outcome share': 'Outcome' }[inner.kind]}(${parts.join(', ')})`;
  }

  #observed(inner: Observed): string[] {
    switch (inner.kind) {
      case 'time':
        return [this.#moment(inner.from), this.#moment(inner.to)];
      case 'wait':
        return [...new Set(inner.requests.flatMap((request) => this.scope.sites.get(request) ?? []))].map(
          (site) => `'${site}'`,
        );
      case 'outcome share':
        return [pythonText(this.scope.input.outcomes[inner.outcome] ?? '')];
    }
  }

  #moment(place: number): string {
    const moment = this.scope.input.moments[place];
    if (moment === undefined) return '()';
    return 'activity' in moment
      ? `('${moment.at}', ${this.scope.activities[moment.activity] ?? ''})`
      : `('${moment.at}',)`;
  }

  #statistic(
    indicator: number,
    statistic: string | { readonly percentile: number },
    argument: string | undefined,
  ): string {
    const name = this.#names.get(indicator) ?? '';
    const measure = this.scope.input.indicators[indicator]?.measure;
    if (measure?.kind === 'value') return `${name}(${argument ?? ''})`;
    const what = typeof statistic === 'string' ? `'${statistic}'` : String(statistic.percentile);
    return `statistic(${name}.values[None], ${what})`;
  }

  /** A formula in Python; `n` is the value of the table. */
  #formula(formula: InputFormula): string {
    const go = (part: InputFormula): string => this.#formula(part);
    const facilities = (list: readonly number[]): string[] => list.map((f) => this.scope.facilities[f] ?? '');
    const sum = (parts: readonly string[]): string =>
      parts.length === 0 ? '0' : parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' + ')})`;
    const levels = (list: readonly number[], level: string): string =>
      sum(facilities(list).map((name) => `${name}.${level}.mean()`));
    switch (formula.op) {
      case 'number':
        return pythonNumber(formula.value);
      case 'variable':
        return 'n';
      case 'operation':
        return formula.operator === '/'
          ? `ratio(${go(formula.left)}, ${go(formula.right)})`
          : `(${go(formula.left)} ${formula.operator === '=' ? '==' : formula.operator} ${go(formula.right)})`;
      case 'negate':
      case 'not':
      case 'function':
        return applied(formula, go);
      case 'probability':
        return this.#probability(formula.condition);
      case 'census':
        return levels(formula.facilities, 'busy');
      case 'queue':
        return levels(formula.facilities, 'queue');
      case 'busy time':
        return `${levels(formula.facilities, 'busy')} * RUN`;
      case 'overtime':
        return `${levels(formula.facilities, 'over')} * RUN`;
      case 'capacity':
        return levels(formula.facilities, 'there');
      case 'utilisation':
        return `ratio(${levels(formula.facilities, 'busy')}, ${levels(formula.facilities, 'there')})`;
      case 'waiting': {
        const sites = [...new Set(formula.requests.flatMap((each) => this.scope.sites.get(each) ?? []))];
        for (const site of sites) this.queues.add(site);
        return sum(sites.map((site) => `site_queues['${site}'].mean()`));
      }
      case 'arrivals': {
        const cohorts = formula.cohorts ?? this.scope.cohorts.map((_, i) => i);
        return sum(cohorts.map((cohort) => `counts['arrivals', ${this.scope.cohorts[cohort] ?? ''}]`));
      }
      case 'starts':
      case 'completions': {
        const moment = formula.op === 'starts' ? 'start' : 'end';
        const which = formula.activities ?? this.scope.activities.map((_, i) => i);
        return sum(which.map((each) => `counts['${moment}', ${this.scope.activities[each] ?? ''}]`));
      }
      case 'time in':
        return sum(formula.activities.map((each) => `durations[${this.scope.activities[each] ?? ''}]`));
      case 'exits':
        return formula.outcome === undefined
          ? "sum(count for key, count in counts.items() if key[0] == 'exit' and len(key) == 2)"
          : `counts['exit', ${pythonText(this.scope.input.outcomes[formula.outcome] ?? '')}]`;
      case 'window':
        return 'RUN';
      case 'indicator':
        return this.#statistic(
          formula.indicator,
          formula.statistic,
          formula.argument === undefined ? undefined : go(formula.argument),
        );
      case 'cost':
      case 'time share':
      case 'activations':
      case 'response cost':
        return 'math.nan';
    }
  }

  /** What a part of a condition looks at, and what it is called there; undefined where it looks at nothing. */
  #seen(part: InputFormula): { readonly levels: readonly string[]; readonly name: string } | undefined {
    switch (part.op) {
      case 'census':
      case 'queue':
      case 'capacity': {
        const names = part.facilities.map((f) => this.scope.facilities[f] ?? '');
        const level = { census: 'busy', queue: 'queue', capacity: 'there' }[part.op];
        return {
          levels: names.map((name) => `${name}.${level}`),
          name: [part.op, ...names.map((name) => name.toLowerCase())].join('_'),
        };
      }
      case 'waiting': {
        const sites = [...new Set(part.requests.flatMap((each) => this.scope.sites.get(each) ?? []))];
        for (const site of sites) this.queues.add(site);
        return {
          levels: sites.map((site) => `site_queues['${site}']`),
          name: ['waiting', ...part.requests].join('_'),
        };
      }
      default:
        return undefined;
    }
  }

  /** The share of the window in which a condition over what is so at an instant holds. */
  #probability(condition: InputFormula): string {
    const observed = new Map<string, string>();
    for (const part of formulaParts(condition)) {
      const seen = this.#seen(part);
      if (seen !== undefined) observed.set(seen.levels.map((level) => `${level}.value`).join(' + '), seen.name);
    }
    if (observed.size === 0) return this.#formula(condition);
    const values = [...observed.keys()];
    const key = values.join(', ');
    let joint = this.#joints.get(key);
    if (joint === undefined) {
      joint = this.scope.names.fresh('joint', 'upper');
      this.#joints.set(key, joint);
      this.#definitions.push('', `${joint} = Joint(lambda: (${key}${values.length === 1 ? ',' : ''}))`);
    }
    return `${joint}.share(lambda ${[...observed.values()].join(', ')}: ${this.#condition(condition)})`;
  }

  /** As a formula, where censuses and queues are those of an instant. */
  #condition(formula: InputFormula): string {
    const seen = this.#seen(formula);
    if (seen !== undefined) return seen.name;
    const go = (part: InputFormula): string => this.#condition(part);
    switch (formula.op) {
      case 'operation': {
        const sign = formula.operator === '=' ? '==' : formula.operator;
        return `(${go(formula.left)} ${sign} ${go(formula.right)})`;
      }
      case 'negate':
      case 'not':
      case 'function':
        return applied(formula, go);
      default:
        return this.#formula(formula);
    }
  }
}

function innermost(measure: Exclude<InputMeasure, { kind: 'value' }>): Observed {
  if (measure.kind !== 'share') return measure;
  if (measure.of.kind === 'value') throw new RangeError('A share is one of observations.');
  return innermost(measure.of);
}

/** A text in a documentation string. */
export function docText(text: string): string {
  return plainText(text).replaceAll('\\', '\\\\').replaceAll('"', "'");
}

/** A sign or a function and what it is applied to. */
function applied(
  formula: Extract<InputFormula, { op: 'negate' | 'not' | 'function' }>,
  go: (part: InputFormula) => string,
): string {
  if (formula.op !== 'function') return formula.op === 'negate' ? `-${go(formula.of)}` : `(not ${go(formula.of)})`;
  const values = formula.arguments.map(go);
  const isOne = values.length === 1 && (formula.name === 'greatest' || formula.name === 'least');
  return isOne ? (values[0] ?? '') : `${PYTHON.functions[formula.name]}(${values.join(', ')})`;
}
