import { type Agreement, type Model, type Pathway, type Step } from '@pathway/model';
import { withParents } from '../organisations.js';

/** A patient who is handed over from one organisation to another, by a step of a pathway. */
export interface HandedOver {
  readonly pathway: Pathway;
  readonly step: Step;
  readonly from: string;
  readonly to: string;
}

/**
 * The agreements that cover a handover: between both organisations, or those that they are part of, and for this step, for
 * its pathway, or for every handover.
 */
export function agreementsOn({ pathway, step, from, to }: HandedOver, model: Model): readonly Agreement[] {
  return (model.agreements ?? []).filter(
    (agreement) =>
      isBetween(agreement, from, to, model) &&
      (agreement.handovers.length === 0 || agreement.handovers.some((id) => id === step.id || id === pathway.id)),
  );
}

/** Whether one party speaks for one organisation and another party for the other. */
export function isBetween({ parties }: Agreement, from: string, to: string, model: Model): boolean {
  const [giving, taking] = [from, to].map((id) => withParents(id, model).filter((each) => parties.includes(each)));
  return (giving ?? []).some((one) => (taking ?? []).some((other) => other !== one));
}
