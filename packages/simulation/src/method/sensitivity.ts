import {
  dimensionOf,
  distributionQuantile,
  type Expression,
  type FigureReference,
  figureTitle,
  formatQuantity,
  type Model,
  type NamedNumber,
  NUMBER,
  type Override,
  requireConstant,
  resolveDistribution,
  type Sensitivity,
  titleOf,
  type Uncertainty,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { compileInput } from '../input/compile.js';
import type { SimulationInput } from '../input/types.js';
import type { NumberSensitivity, SensitivityResult } from '../method-results.js';
import { differenceFigure } from '../statistics/difference.js';
import type { ReplicationJob } from '../study/executor.js';
import type { ReplicationFigure } from '../study/replication.js';
import { morrisPaths, saltelliRows } from './design.js';
import { elementaryEffects, sobolIndices } from './effects.js';
import { type FigureReader, figureReader } from './figure-values.js';
import { counted, labelOf } from './labels.js';
import type { Runner } from './runner.js';
import { variantInput } from './variants.js';

/** A number that may have other values, with its range. */
interface UncertainNumber {
  readonly declared: NamedNumber;
  /** The value at a share of the range: at that quantile of a distribution, or that far between the ends of a range. */
  readonly at: (share: number) => number;
  /** Shares at which one-at-a-time looks: the ends of a range, 5 % and 95 % of a distribution. */
  readonly ends: readonly [number, number];
  readonly expressionAt: (value: number) => Expression;
  readonly text: (value: number) => string;
}

/** What a sensitivity needs of its study. */
export interface SensitivitySetting {
  readonly model: Model;
  readonly study: string;
  readonly scenario: string;
  readonly seed: number;
  /** Replications at each point, for one at a time. */
  readonly replications: number;
}

/**
 * How much each uncertain number of the model changes a figure. One at a time: both ends of each number's range with the
 * same replications as the study, so that differences are paired. Morris and Sobol: one replication for each path or row,
 * shared by its points, so that luck cancels within it.
 * @throws SimulationError where the figure does not exist
 */
export async function runSensitivity(
  sensitivity: Sensitivity,
  setting: SensitivitySetting,
  runner: Runner,
): Promise<SensitivityResult> {
  const numbers = uncertainNumbers(setting.model);
  const input = compileInput(setting.model, setting.study, setting.scenario);
  const label = labelOf(input, sensitivity);
  const looks = new Looks(setting, numbers, runner, input, sensitivity);
  const { method } = sensitivity;
  const found =
    method === 'one at a time'
      ? await oneAtATime(looks, numbers, setting.replications)
      : method === 'Morris'
        ? await byMorris(looks, numbers, sensitivity.size, setting.seed)
        : await bySobol(looks, numbers, sensitivity.size, setting.seed);
  return {
    ...label,
    scenario: setting.scenario,
    method,
    size: method === 'one at a time' ? 1 : sensitivity.size,
    runs: looks.runs,
    ...(found.base !== undefined && { base: found.base }),
    numbers: [...found.numbers].sort((a, b) => weightOf(b) - weightOf(a)),
    complete: looks.complete,
    explained: explain(method, figureTitle(label), sensitivity.size, setting.replications, looks),
  };
}

/** Replications of a sensitivity; the figures of more would take hours and fill the memory. */
const MOST_RUNS = 10_000_000;

/**
 * How many replications a sensitivity takes.
 * @throws SimulationError where there are more than can be run
 */
export function sensitivityRuns(sensitivity: Sensitivity, model: Model, replications: number): number {
  const runs = runsOf(sensitivity, model, replications);
  if (runs <= MOST_RUNS) return runs;
  const fewer = { 'one at a time': 'replications', Morris: 'paths', Sobol: 'samples' }[sensitivity.method];
  throw new SimulationError(
    `The sensitivity of ${sensitivity.indicator} takes ${runs} replications; at most ${MOST_RUNS} are run. Ask for fewer ${fewer}.`,
  );
}

function runsOf(sensitivity: Sensitivity, model: Model, replications: number): number {
  const numbers = model.numbers.filter(({ uncertainty }) => uncertainty !== undefined).length;
  switch (sensitivity.method) {
    case 'one at a time':
      return (2 * numbers + 1) * replications;
    case 'Morris':
      return sensitivity.size * (numbers + 1);
    case 'Sobol':
      return sensitivity.size * (numbers + 2);
  }
}

interface Found {
  readonly numbers: readonly NumberSensitivity[];
  readonly base?: SensitivityResult['base'];
}

async function oneAtATime(looks: Looks, numbers: readonly UncertainNumber[], replications: number): Promise<Found> {
  const all = Array.from({ length: replications }, (_, replication) => replication);
  const places = [
    undefined,
    ...numbers.flatMap(({ ends }, i) => ends.map((share) => onlyAt(numbers.length, i, share))),
  ];
  const found = await looks.found(
    places,
    (point) => all.map((replication) => ({ point, replication })),
    (figure) => figure,
  );
  const part = (place: number): (ReplicationFigure | undefined)[] =>
    found.slice(place * replications, (place + 1) * replications);
  const { figureOf } = looks.figure;
  return {
    base: figureOf(part(0)).estimate,
    numbers: numbers.map((number, i) => {
      const low = figureOf(part(1 + 2 * i));
      const high = figureOf(part(2 + 2 * i));
      return {
        ...aboutNumber(number),
        atLow: low.estimate,
        atHigh: high.estimate,
        swing: differenceFigure(high, low).estimate,
      };
    }),
  };
}

async function byMorris(
  looks: Looks,
  numbers: readonly UncertainNumber[],
  paths: number,
  seed: number,
): Promise<Found> {
  const design = morrisPaths(numbers.length, paths, seed);
  const figures = await looks.figures(design, ({ points }, replication) =>
    points.map((point) => ({ point, replication })),
  );
  const size = numbers.length + 1;
  const byPath = design.map((_, p) => figures.slice(p * size, (p + 1) * size));
  const effects = elementaryEffects(numbers.length, design, byPath);
  return {
    numbers: numbers.map((number, i) => {
      const { mean = 0, meanSize = 0, meanSizeHalfWidth = 0, spread = 0 } = effects[i] ?? {};
      return { ...aboutNumber(number), effect: { mean, meanSize, meanSizeHalfWidth, spread } };
    }),
  };
}

async function bySobol(
  looks: Looks,
  numbers: readonly UncertainNumber[],
  samples: number,
  seed: number,
): Promise<Found> {
  const design = saltelliRows(numbers.length, samples, seed);
  const figures = await looks.figures(design, ({ a, b, mixed }, replication) =>
    [a, b, ...mixed].map((point) => ({ point, replication })),
  );
  const size = numbers.length + 2;
  // A row of which a figure is missing is left out whole.
  const rows = design.flatMap((_, row) => {
    const [a, b, ...mixed] = figures.slice(row * size, (row + 1) * size);
    if (typeof a !== 'number' || typeof b !== 'number' || mixed.length < numbers.length || mixed.includes(null))
      return [];
    return [{ a, b, mixed: mixed.map((value) => value ?? 0) }];
  });
  const indices = sobolIndices(numbers.length, rows);
  return {
    numbers: numbers.map((number, i) => {
      const { first, total } = indices[i] ?? { first: { value: 0, halfWidth: 0 }, total: { value: 0, halfWidth: 0 } };
      return {
        ...aboutNumber(number),
        shares: {
          first: first.value,
          firstHalfWidth: first.halfWidth,
          total: total.value,
          totalHalfWidth: total.halfWidth,
        },
      };
    }),
  };
}

function aboutNumber({
  declared,
  at,
  ends,
  text,
}: UncertainNumber): Pick<NumberSensitivity, 'number' | 'title' | 'low' | 'high'> {
  return { number: declared.id, title: titleOf(declared), low: text(at(ends[0])), high: text(at(ends[1])) };
}

function weightOf({ swing, effect, shares }: NumberSensitivity): number {
  return swing !== undefined ? Math.abs(swing.mean) : (effect?.meanSize ?? shares?.total ?? 0);
}

/** A place at which the figure is looked at; an undefined share leaves the number as it is declared. */
interface Look {
  readonly point: readonly (number | undefined)[] | undefined;
  readonly replication: number;
}

function onlyAt(numbers: number, which: number, share: number): (number | undefined)[] {
  return Array.from({ length: numbers }, (_, i) => (i === which ? share : undefined));
}

/** Replications that are given away at once: enough for many cores, few enough that their inputs are soon let go. */
const GROUP = 64;

/** Looks at the figure in inputs with other numbers. */
class Looks {
  runs = 0;
  complete = true;

  readonly #base: SimulationInput;
  readonly figure: FigureReader;

  constructor(
    readonly setting: SensitivitySetting,
    readonly numbers: readonly UncertainNumber[],
    readonly runner: Runner,
    base: SimulationInput,
    figure: FigureReference,
  ) {
    this.figure = figureReader(base, figure);
    this.#base = this.#readingFigure(base);
  }

  /**
   * The figure of each single run, row by row of a design; null where it has no value, or was stopped. What comes after a
   * stop is left out.
   */
  figures<Row>(
    rows: readonly Row[],
    looksOf: (row: Row, place: number) => readonly Look[],
  ): Promise<(number | null)[]> {
    return this.found(rows, looksOf, (figure) => this.figure.figureOf([figure]).values[0] ?? null);
  }

  /**
   * What is kept of the figure at each look.
   * @param looksOf makes the looks of a row when it is its turn: those of all rows at once would fill the memory
   */
  async found<Row, Kept>(
    rows: readonly Row[],
    looksOf: (row: Row, place: number) => readonly Look[],
    keep: (figure: ReplicationFigure | undefined) => Kept,
  ): Promise<Kept[]> {
    const figures: Kept[] = [];
    let group: ReplicationJob[] = [];
    const runGroup = async (): Promise<void> => {
      const results = await this.runner.run(group);
      group = [];
      for (const result of results) {
        if (result === undefined) this.complete = false;
        else this.runs++;
        figures.push(keep(result && this.figure.find(result)));
      }
    };
    for (const [place, row] of rows.entries()) {
      // Looks of one row at the same place share their input.
      const inputs = new Map<Look['point'], SimulationInput>();
      for (const { point, replication } of looksOf(row, place)) {
        const input = inputs.get(point) ?? this.#input(point);
        inputs.set(point, input);
        group.push({ input, replication });
      }
      if (group.length < GROUP && place < rows.length - 1) continue;
      await runGroup();
      if (!this.complete || (this.runner.stopped && place < rows.length - 1)) {
        this.complete = false;
        break;
      }
    }
    return figures;
  }

  #input(point: Look['point']): SimulationInput {
    const { model, study, scenario } = this.setting;
    const overrides = (point ?? []).flatMap((share, i): Override[] => {
      const uncertain = this.numbers[i];
      if (share === undefined || uncertain === undefined) return [];
      const { declared } = uncertain;
      const value = uncertain.at(share);
      return [
        {
          origin: declared.origin,
          text: `${declared.name} = ${value}`,
          target: { kind: 'number', id: declared.id },
          value: { kind: 'expression', expression: uncertain.expressionAt(value) },
        },
      ];
    });
    return overrides.length === 0 ? this.#base : this.#readingFigure(variantInput(model, study, scenario, overrides));
  }

  /** An input of whose results only the figure is read. */
  #readingFigure(input: SimulationInput): SimulationInput {
    return { ...input, reads: { indicators: [this.figure.indicator], expectations: false } };
  }
}

/** The numbers of a model that are uncertain, in order of declaration. */
function uncertainNumbers(model: Model): UncertainNumber[] {
  const found = model.numbers.flatMap((declared) =>
    declared.uncertainty === undefined ? [] : [uncertainNumber(declared, declared.uncertainty, model)],
  );
  if (found.length === 0) throw new SimulationError('No number is uncertain, so that nothing can be varied.');
  return found;
}

function uncertainNumber(declared: NamedNumber, uncertainty: Uncertainty, model: Model): UncertainNumber {
  const what = `the uncertainty of ${declared.name}`;
  const dimension = dimensionOf(declared.value, model) ?? NUMBER;
  const shared = {
    declared,
    expressionAt: (value: number): Expression => ({ kind: 'number', value, dimension }),
    text: (value: number): string => formatQuantity(value, dimension),
  };
  if (uncertainty.kind === 'range') {
    const low = requireConstant(uncertainty.low, model, what);
    const high = requireConstant(uncertainty.high, model, what);
    return { ...shared, ends: [0, 1], at: (share) => low + share * (high - low) };
  }
  if (uncertainty.distribution.kind !== 'distribution') throw new SimulationError(`${what} is no distribution.`);
  const law = resolveDistribution(uncertainty.distribution, model);
  // Quantiles so near the ends that a law without ends gives no finite value are not looked at.
  const at = (share: number): number => distributionQuantile(law, Math.min(0.995, Math.max(0.005, share)));
  return { ...shared, ends: [0.05, 0.95], at };
}

function explain(
  method: Sensitivity['method'],
  figure: string,
  size: number,
  replications: number,
  { numbers, runs, complete }: Looks,
): string {
  const all = counted(numbers.length, 'uncertain number');
  const done = complete ? '' : ' Stopped early: what was not run is left out.';
  const cost = `${counted(runs, 'replication')} in all.${done}`;
  switch (method) {
    case 'one at a time':
      return `${figure} with each of ${all} at both ends of its range, the others as declared, ${counted(replications, 'replication')} each with the same patients; ${cost}`;
    case 'Morris':
      return `Mean size of the change of ${figure} when one of ${all} goes through its range, wherever the others are, from ${counted(size, 'path')} (Morris); ${cost}`;
    case 'Sobol':
      return `Shares of the variance of ${figure} that come from each of ${all}, from ${counted(size, 'sample')} (Saltelli's estimators of Sobol's indices); what the first-order shares leave of 1 is luck and joint effects; ${cost}`;
  }
}
