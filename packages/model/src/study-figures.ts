import type { FigureReference, Study } from './study.js';

/** The figures that a study's methods look at: precisions, ranking, sensitivities. */
export function figuresOf(study: Study): readonly FigureReference[] {
  return [
    ...(study.replications.kind === 'precision' ? study.replications.targets : []),
    ...(study.ranking === undefined ? [] : [study.ranking]),
    ...(study.sensitivities ?? []),
  ];
}
