import type { FollowedPatient } from '@pathway/diagram';
import { activitiesOf, type Model, type Study, titleOf } from '@pathway/model';
import { type Words, wordsOf } from '@pathway/report';
import { compileInput, type TraceRow, traceRows } from '@pathway/simulation';

/** Patients of whom fewer events are known have hardly begun their way. */
const FEWEST_EVENTS = 2;
/** What happens to one patient; who comes back for years has had enough events to follow. */
const MOST_EVENTS = 400;
/** Rows of a run that are looked at for patients who have ended their way. */
const MOST_ROWS = 200_000;

type Event = FollowedPatient['events'][number];

/**
 * The ways of the first patients who ended theirs in replication 0 of a study's first scenario, event by event: the same seed
 * gives the same patients. They are followed from their arrival.
 * @param most so many patients at most
 * @param words in which it is told; titles are those of the model
 */
export function followedPatients(
  model: Model,
  study: Study,
  most: number,
  words: Words = wordsOf(),
): { readonly patients: readonly FollowedPatient[]; readonly run: string } {
  const scenario = study.scenarios[0] ?? '';
  const titles = new Map<string, string>();
  const holds = new Set<string>();
  for (const activity of model.pathways.flatMap((pathway) => activitiesOf(pathway))) {
    if (activity.kind === 'hold') holds.add(activity.id);
    if (activity.kind === 'step' || activity.kind === 'hold') titles.set(activity.id, titleOf(activity));
  }
  const open = new Map<string, { readonly arrived: number; readonly events: Event[] }>();
  const ended: FollowedPatient[] = [];
  let rows = 0;
  for (const row of traceRows(compileInput(model, study.id, scenario), 0)) {
    if (ended.length >= most || rows++ >= MOST_ROWS) break;
    if (row.what === 'arrive') open.set(row.patient, { arrived: row.time, events: [] });
    const way = open.get(row.patient);
    if (way === undefined) continue;
    const title = titles.get(row.subject);
    const event = {
      time: row.time - way.arrived,
      text: textFor(words, row, title ?? row.subject, holds.has(row.subject)),
      ...(title !== undefined && { node: row.subject }),
    };
    if (way.events.length < MOST_EVENTS) way.events.push(event);
    if (row.what !== 'finish') continue;
    open.delete(row.patient);
    if (way.events.length > FEWEST_EVENTS) ended.push({ name: row.patient, events: way.events });
  }
  const told = model.scenarios.find(({ id }) => id === scenario);
  return {
    patients: ended,
    run: words.say`Simulated: ${titleOf(study)}, ${told === undefined ? words.say`as declared` : titleOf(told)}, replication 0, seed ${String(study.seed)}.`,
  };
}

function textFor({ say }: Words, { what }: TraceRow, title: string, isHold: boolean): string {
  switch (what) {
    case 'arrive':
      return say`arrives`;
    case 'request':
      return say`asks for ${title}`;
    case 'start':
      return isHold ? say`has ${title}` : say`begins ${title}`;
    case 'end':
      return isHold ? say`gives back ${title}` : say`ends ${title}`;
    case 'give up':
      return say`gives up waiting for ${title}`;
    case 'finish':
      return say`leaves: ${title}`;
  }
}
