/** The stages of a crisis map, in their order. */
export const CRISIS_STAGES = [
  'Signals',
  'Triggers and gauges',
  'Levels',
  'Responses',
  'What changes',
  'Crises',
] as const;

export type CrisisStage = (typeof CRISIS_STAGES)[number];
