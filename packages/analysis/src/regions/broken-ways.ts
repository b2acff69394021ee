import type { Model, Step } from '@pathway/model';
import { periodOf } from '../arrival-rate.js';
import { lostHandovers } from '../checks/handovers-have-receivers.js';
import { organisationTitle } from '../organisations.js';
import { placeOf } from '../stations.js';
import { type Break, breaksOf } from './breaks.js';
import { type Crossing, crossingsOf } from './crossings.js';

/** What is wrong on a way from one organisation to another; `no way back` is a handover that cannot be answered. */
type BreakKind = Break['kind'] | 'no way back';

/** A way that patients go from a step of one organisation to a step of another, with what is passed on and what is not. */
interface WayBetween {
  readonly from: PlaceOnWay;
  readonly to: PlaceOnWay;
  /** The handovers on every such way, by their channels; none where nobody hands over. */
  readonly channels: readonly string[];
  readonly breaks: readonly BreakKind[];
  /** Hours of the week in which the first works, and those of them in which the second cannot begin. */
  readonly hours?: { readonly working: number; readonly closed: number };
}

/** A handover to somebody who does nothing afterwards. */
interface LostHandover {
  readonly from: PlaceOnWay;
  readonly to: { readonly id: string; readonly title: string };
}

interface PlaceOnWay {
  readonly step: Step;
  readonly organisation: string;
  readonly organisationTitle: string;
}

/**
 * Every way from one organisation to another and where care comes apart on it, in the order of the text; and the handovers
 * that nobody receives. The same as the findings PW3009, PW3010 and PW8002 to PW8005 tell.
 */
export function waysBetween(model: Model): {
  readonly ways: readonly WayBetween[];
  readonly lost: readonly LostHandover[];
} {
  const found = breaksOf(model, periodOf(model, undefined).calendar);
  const place = (step: Step, organisation: string): PlaceOnWay => ({
    step,
    organisation,
    organisationTitle: organisationTitle(organisation, model),
  });
  const ways = crossingsOf(model).map((crossing): WayBetween => {
    const own = found.filter((each) => isSame(each.crossing, crossing));
    const closed = own.find((each) => each.kind === 'closed')?.closed;
    const isUnanswered = crossing.handovers.some(
      ({ handover }) => handover !== undefined && handover.returns === undefined,
    );
    return {
      from: place(crossing.from.step, crossing.from.organisation),
      to: place(crossing.to.step, crossing.to.organisation),
      channels: [...new Set(crossing.handovers.flatMap(({ handover }) => handover?.by ?? []))],
      breaks: [...new Set(own.map(({ kind }) => kind)), ...(isUnanswered ? ['no way back' as const] : [])],
      ...(closed && { hours: { working: closed.working, closed: closed.closed } }),
    };
  });
  const lost = lostHandovers(model).flatMap(({ pathway, step, to }): LostHandover[] => {
    const from = placeOf(step, pathway);
    return from === undefined ? [] : [{ from: place(step, from), to: { id: to, title: organisationTitle(to, model) } }];
  });
  return { ways, lost };
}

function isSame(a: Crossing, b: Crossing): boolean {
  return a.from.step.id === b.from.step.id && a.to.step.id === b.to.step.id;
}
