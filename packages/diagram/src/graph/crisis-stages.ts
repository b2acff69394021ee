import type { DrawingWords } from './words.js';

/** The stages of a crisis map. */
export type CrisisStage = 'Signals' | 'Triggers and gauges' | 'Levels' | 'Responses' | 'What changes' | 'Crises';

/** The stages in their order, called as in a language. */
export function crisisStages({
  say,
}: Pick<DrawingWords, 'say'>): { readonly id: CrisisStage; readonly title: string }[] {
  return [
    { id: 'Signals', title: say`Signals` },
    { id: 'Triggers and gauges', title: say`Triggers and gauges` },
    { id: 'Levels', title: say`Levels` },
    { id: 'Responses', title: say`Responses` },
    { id: 'What changes', title: say`What changes` },
    { id: 'Crises', title: say`Crises` },
  ];
}
