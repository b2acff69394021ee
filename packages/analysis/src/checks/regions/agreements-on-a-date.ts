import { type Agreement, addPeriod, createDiagnostic, type Diagnostic, type Model, titleOf } from '@pathway/model';

/** How long before its day a review is told of. */
const AHEAD = { count: 90, unit: 'day' } as const;

/**
 * Agreements hold on a date, and have been looked at in time. The date is given: no check ever asks a clock.
 * @param date ISO date
 */
export function agreementsHoldOn(model: Model, date: string): Diagnostic[] {
  return (model.agreements ?? []).flatMap((agreement) => {
    const reason = whyNot(agreement, date);
    return reason === undefined
      ? reviewIsInTime(agreement, date)
      : [createDiagnostic('PW8024', { agreement: titleOf(agreement), date, reason }, agreement.origin)];
  });
}

/** Why an agreement does not hold on an ISO date; undefined where it does. */
function whyNot({ signed, from, until }: Agreement, date: string): string | undefined {
  if (signed === undefined) return 'it is not signed';
  if (signed > date) return `it is signed on ${signed}`;
  if (from !== undefined && from > date) return `it begins on ${from}`;
  return until !== undefined && until <= date ? `it ended on ${until}` : undefined;
}

/** The ISO date by which an agreement is to be looked at again; undefined for one without reviews. */
function reviewDue({ signed, reviewed, review }: Agreement): string | undefined {
  const since = reviewed ?? signed;
  return review === undefined || since === undefined ? undefined : addPeriod(since, review);
}

function reviewIsInTime(agreement: Agreement, date: string): Diagnostic[] {
  const due = reviewDue(agreement);
  if (due === undefined || addPeriod(date, AHEAD) < due) return [];
  const overdue = due < date;
  const when = overdue ? `which is before ${date}` : `which is within ${AHEAD.count} days of ${date}`;
  const origin = agreement.review?.origin ?? agreement.origin;
  return [
    createDiagnostic('PW8025', { agreement: titleOf(agreement), due, when }, origin, {
      severity: overdue ? 'warning' : 'information',
    }),
  ];
}
