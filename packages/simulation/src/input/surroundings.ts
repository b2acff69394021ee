import type { Activity, Pathway, Step } from '@pathway/model';

/** Something that a step depends on and that may be lost in this run, with what is done instead. */
export interface StepDependence {
  readonly dependence: number;
  readonly workaround?: readonly Activity[];
}

/** What may happen to steps from outside. */
export interface Surroundings {
  /** Factors by which the work of a step may take longer. */
  slowing(step: Step, pathway: Pathway): readonly number[];
  dependsOn(step: Step): readonly StepDependence[];
}

/** Nothing happens from outside. */
export const CALM: Surroundings = { slowing: () => [], dependsOn: () => [] };
