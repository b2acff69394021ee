import { type Agreement, createDiagnostic, type Diagnostic, type Model, titleOf } from '@pathway/model';
import { areOneHouse, organisationTitle } from '../../organisations.js';
import { agreementsOn, type HandedOver, isBetween } from '../../regions/agreements.js';
import { placeOf } from '../../stations.js';
import { handovers } from '../handovers-have-receivers.js';

/**
 * Every handover from one organisation to another is covered by an agreement between them. A project that declares no
 * agreement at all is told with less weight.
 */
export function handoversAreAgreed(model: Model): Diagnostic[] {
  const severity = model.agreements === undefined ? 'information' : 'warning';
  return handedOver(model)
    .filter((each) => agreementsOn(each, model).length === 0)
    .map(({ step, from, to }) =>
      createDiagnostic(
        'PW8001',
        { step: titleOf(step), from: organisationTitle(from, model), to: organisationTitle(to, model) },
        step.handover?.origin ?? step.origin,
        { severity },
      ),
    );
}

/** An agreement covers handovers between its parties, and is signed. */
export function agreementsFit(model: Model): Diagnostic[] {
  const all = handedOver(model);
  return (model.agreements ?? []).flatMap((agreement) => [
    ...handoversOfOthers(agreement, all, model),
    ...(agreement.signed === undefined
      ? [createDiagnostic('PW8022', { agreement: titleOf(agreement) }, agreement.origin)]
      : []),
  ]);
}

function handoversOfOthers(agreement: Agreement, all: readonly HandedOver[], model: Model): Diagnostic[] {
  return agreement.handovers.flatMap((id) => {
    const named = all.filter(({ step, pathway }) => step.id === id || pathway.id === id);
    if (named.some(({ from, to }) => isBetween(agreement, from, to, model))) return [];
    const [first] = named;
    const step = first === undefined ? nameOf(id, model) : titleOf(first.step);
    const reason =
      first === undefined
        ? 'which hands over to no other organisation'
        : `which goes from ${organisationTitle(first.from, model)} to ${organisationTitle(first.to, model)}`;
    return [createDiagnostic('PW8021', { agreement: titleOf(agreement), step, reason }, agreement.origin)];
  });
}

/** What a reader calls a step or pathway. */
function nameOf(id: string, model: Model): string {
  const pathway = model.pathways.find((each) => each.id === id);
  return pathway === undefined ? id.slice(id.lastIndexOf('.') + 1) : titleOf(pathway);
}

/** Every handover to another organisation; those within one house need no agreement. */
function handedOver(model: Model): readonly HandedOver[] {
  return handovers(model).flatMap(({ pathway, step, handover }) => {
    const from = placeOf(step, pathway);
    if (from === undefined) return [];
    return handover.to.filter((to) => !areOneHouse(from, to, model)).map((to) => ({ pathway, step, from, to }));
  });
}
