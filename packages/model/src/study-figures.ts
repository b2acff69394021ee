import type { FigureReference, Study } from './study.js';

/** The figures that a study's methods look at: precisions, ranking, sensitivities, pressure points. */
export function figuresOf(study: Study): readonly FigureReference[] {
  return [
    ...(study.replications.kind === 'precision' ? study.replications.targets : []),
    ...(study.ranking === undefined ? [] : [study.ranking]),
    ...(study.sensitivities ?? []),
    ...(study.pressure ?? []),
  ];
}

/** `p90 of Wait for a bed`, `Probability of delay (14)`: a figure of an indicator in words; `mean` goes without saying. */
export function figureTitle(figure: {
  readonly title: string;
  readonly statistic: string;
  readonly argument?: number;
}): string {
  const row = figure.argument === undefined ? '' : ` (${figure.argument})`;
  return figure.statistic === 'mean' ? `${figure.title}${row}` : `${figure.statistic} of ${figure.title}${row}`;
}
