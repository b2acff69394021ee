import { estimateOfFigures, type ReplicationResult, type SimulationInput } from '@pathway/simulation';
import { interval, meanFigure } from '../print/figure.js';
import { counted } from '../print/counted.js';
import { printable } from '../print/printable.js';

/** Figures shown while a study runs; more would scroll the progress away. */
const MOST = 8;

/** What replications found of the first row of an indicator. */
type Figures = (ReplicationResult['indicators'][number][number] | undefined)[];

/** The first figures of a study while its replications run: means so far, with the intervals that they have by then. */
export class FirstFigures {
  readonly #scenarios = new Map<string, { readonly input: SimulationInput; readonly figures: readonly Figures[] }>();
  #replications = 0;

  /** Takes in a replication; in what order they come does not matter. */
  add(input: SimulationInput, result: ReplicationResult): void {
    const known = this.#scenarios.get(input.scenario);
    const own = known ?? { input, figures: input.indicators.map((): Figures => []) };
    if (known === undefined) this.#scenarios.set(input.scenario, own);
    own.figures.forEach((figures, i) => figures.push(result.indicators[i]?.[0]));
    this.#replications++;
  }

  /** Lines to show: the first row of each indicator, scenario by scenario. Nothing before there is a figure. */
  lines(): string[] {
    if (this.#replications === 0) return [];
    const lines = [...this.#scenarios.values()].flatMap(({ input, figures }) =>
      input.indicators.map((indicator, i) => {
        const estimate = estimateOfFigures(input, i, figures[i] ?? []);
        const row = indicator.measure.kind === 'value' && indicator.table ? ` (${indicator.table[0] ?? ''})` : '';
        const { unit, currency } = indicator;
        const figure = `${meanFigure(estimate, unit, currency)}, ${interval(estimate, unit, currency)}`;
        return `  ${figure}  ${printable(indicator.title)}${row}, ${printable(input.title)}`;
      }),
    );
    const rest = lines.length > MOST ? [`  and ${counted(lines.length - MOST, 'more figure')}`] : [];
    return [`So far, from ${counted(this.#replications, 'replication')}:`, ...lines.slice(0, MOST), ...rest];
  }
}
