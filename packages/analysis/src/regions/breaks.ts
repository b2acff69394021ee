import type { Model, Pathway, Step, StudyCalendar, Wait } from '@pathway/model';
import { agreementsOn } from './agreements.js';
import { type Crossing, crossingsOf } from './crossings.js';
import { Hours } from './opening-hours.js';

/**
 * Where care comes apart between two organisations: nobody hands over (`unannounced`), people wait and nobody is
 * responsible (`unowned wait`), nothing goes with them in writing (`untold`), the next step cannot begin when they come
 * (`closed`).
 */
export type Break =
  | { readonly kind: 'unannounced'; readonly crossing: Crossing }
  | { readonly kind: 'unowned wait'; readonly crossing: Crossing; readonly wait: Wait }
  | { readonly kind: 'untold'; readonly crossing: Crossing; readonly handover: Step }
  | { readonly kind: 'closed'; readonly crossing: Crossing; readonly closed: ClosedHours };

/** When the first works and the second cannot begin. */
interface ClosedHours {
  /** Hours of the week in which the first works, and those of them in which the second cannot begin. */
  readonly working: number;
  readonly closed: number;
  /** The longest time in which the second cannot begin: its first hour of the week and its length. */
  readonly longest: { readonly from: number; readonly hours: number };
}

/** Channels that leave something written behind; another one does where it names what is passed on. */
const WRITTEN: ReadonlySet<string> = new Set(
  'form record letter mail email fax message system referral summary document note app portal'.split(' '),
);

/** The breaks of a model, in the order of its crossings. Hours are those of a run of the study. */
export function breaksOf(model: Model, calendar: StudyCalendar): readonly Break[] {
  const hours = new Hours(model, calendar);
  return crossingsOf(model).flatMap((crossing) => [...breaksAt(crossing, model, hours)]);
}

function* breaksAt(crossing: Crossing, model: Model, hours: Hours): Generator<Break> {
  const { handovers, waits } = crossing;
  if (handovers.length === 0) {
    if (waits.length === 0) yield { kind: 'unannounced', crossing };
    for (const wait of waits) yield { kind: 'unowned wait', crossing, wait };
  } else if (!handovers.some((step) => isWritten(step, crossing, model))) {
    const [handover] = handovers;
    if (handover !== undefined) yield { kind: 'untold', crossing, handover };
  }
  const closed = closedHours(crossing, hours);
  if (closed !== undefined) yield { kind: 'closed', crossing, closed };
}

function isWritten(step: Step, { from, to }: Crossing, model: Model): boolean {
  const channels = step.handover?.by ?? [];
  if (channels.some((channel) => channel.includes('“') || WRITTEN.has(channel))) return true;
  const pathway = pathwayOf(step, model);
  if (pathway === undefined) return false;
  const handedOver = { pathway, step, from: from.organisation, to: to.organisation };
  return agreementsOn(handedOver, model).some(({ data }) => data.length > 0);
}

/** The pathway in whose text a step stands. */
function pathwayOf(step: Step, model: Model): Pathway | undefined {
  return model.pathways.find(({ id }) => step.id.startsWith(`${id}.`));
}

function closedHours({ from, to }: Crossing, hours: Hours): ClosedHours | undefined {
  const [first, second] = [hours.of(from), hours.of(to)];
  const working = first.filter(Boolean).length;
  const closed = first.filter((works, hour) => works && second[hour] !== true).length;
  // Whoever is never there is told of where they are declared.
  if (closed === 0 || !second.some(Boolean)) return undefined;
  return { working, closed, longest: longestWithout(second) };
}

/** The longest run of hours that are not open, over the end of the week too. */
function longestWithout(open: readonly boolean[]): { readonly from: number; readonly hours: number } {
  const starts = open.flatMap((each, hour) => (!each && open[(hour + 167) % 168] === true ? [hour] : []));
  const lengths = starts.map((from) => {
    let hours = 1;
    while (hours < 168 && open[(from + hours) % 168] !== true) hours++;
    return { from, hours };
  });
  return lengths.reduce((most, each) => (each.hours > most.hours ? each : most), { from: 0, hours: 0 });
}
