import { createDiagnostic, type Diagnostic, type Model, type StudyCalendar, titleOf, WEEKDAYS } from '@pathway/model';
import { organisationTitle } from '../../organisations.js';
import { type Break, breaksOf } from '../../regions/breaks.js';

/** Care does not come apart where patients pass from one organisation to another. */
export function careHoldsTogether(model: Model, calendar: StudyCalendar): Diagnostic[] {
  return breaksOf(model, calendar).map((each) => tell(each, model));
}

function tell(found: Break, model: Model): Diagnostic {
  const { from, to } = found.crossing;
  const place = {
    from: titleOf(from.step),
    by: organisationTitle(from.organisation, model),
    to: titleOf(to.step),
    at: organisationTitle(to.organisation, model),
  };
  const arrives = [{ message: `${place.to} is here.`, origin: to.step.origin }];
  switch (found.kind) {
    case 'unannounced':
      return createDiagnostic('PW8002', place, from.step.origin, { related: arrives });
    case 'unowned wait':
      return createDiagnostic('PW8003', place, found.wait.origin, { related: arrives });
    case 'untold': {
      const { handover } = found.handover;
      const how =
        handover === undefined || handover.by.length === 0 ? 'without a channel' : `by ${handover.by.join(', ')}`;
      const params = { step: titleOf(found.handover), to: place.at, how };
      return createDiagnostic('PW8004', params, handover?.origin ?? found.handover.origin);
    }
    case 'closed': {
      const { working, closed, longest } = found.closed;
      const params = {
        ...place,
        closed: closed === working ? 'any' : `${closed}`,
        open: `${working} ${working === 1 ? 'hour' : 'hours'}`,
        longest: `${hourText(longest.from)} to ${hourText((longest.from + longest.hours) % 168)}`,
      };
      return createDiagnostic('PW8005', params, to.step.origin, {
        related: [{ message: `${place.from} is here.`, origin: from.step.origin }],
        ...(closed === working && { severity: 'warning' }),
      });
    }
  }
}

function hourText(hour: number): string {
  return `${WEEKDAYS[Math.floor(hour / 24)] ?? ''} ${String(hour % 24).padStart(2, '0')}:00`;
}
