import {
  byId,
  consensusOf,
  createDiagnostic,
  type Diagnostic,
  latestAssessment,
  type Model,
  titleOf,
} from '@pathway/model';
import { organisationTitle } from '../../organisations.js';

/** Where raters are split, they have something to talk about before a number speaks for them. */
export function ratersAgree(model: Model): Diagnostic[] {
  return (model.assessments ?? []).flatMap((assessment) => {
    const instrument = byId(model.instruments ?? [], assessment.instrument);
    if (instrument === undefined) return [];
    return consensusOf(assessment, instrument)
      .dimensions.filter(({ split }) => split)
      .map(({ dimension, points }) => {
        const params = { dimension: titleOf(dimension), assessment: titleOf(assessment), points: points.join(', ') };
        return createDiagnostic('PW8051', params, assessment.origin);
      });
  });
}

/** What was to be better by a date is so by then, as a later assessment tells. */
export function improvementsAreMade(model: Model, date: string): Diagnostic[] {
  return (model.assessments ?? []).flatMap((assessment) => {
    const instrument = byId(model.instruments ?? [], assessment.instrument);
    const latest = latestAssessment(model.assessments ?? [], assessment.territory, assessment.instrument);
    if (instrument === undefined || latest === undefined) return [];
    const reached = consensusOf(latest, instrument).dimensions;
    return assessment.improvements.flatMap(({ dimension: id, points, due, owner, origin }) => {
      const now = reached.find(({ dimension }) => dimension.id === id);
      if (due > date || now === undefined || (now.agreed ?? Number.NEGATIVE_INFINITY) >= points) return [];
      const where = now.split
        ? 'the raters are split'
        : now.agreed === undefined
          ? 'nobody has rated it'
          : `it is at ${now.agreed}`;
      const params = { dimension: titleOf(now.dimension), points, due, owner: organisationTitle(owner, model), where };
      return [createDiagnostic('PW8052', params, origin)];
    });
  });
}
