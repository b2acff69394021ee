import { createDiagnostic, type Diagnostic, type Model, openQuestions, titleOf } from '@pathway/model';
import { organisationTitle } from '../../organisations.js';

/** Nothing is approved while a question that blocks it is open. */
export function blockedIsNotApproved(model: Model): Diagnostic[] {
  const approved = new Set((model.approvals ?? []).map(({ subject }) => subject));
  return openQuestions(model).flatMap((question) =>
    question.blocks
      .filter((subject) => approved.has(subject))
      .map((subject) => {
        const by = question.organisations.map((id) => organisationTitle(id, model)).join(', ');
        return createDiagnostic('PW8060', { question: titleOf(question), subject, by }, question.origin);
      }),
  );
}
