import { type FollowedPatient, startNodeId } from '@pathway/diagram';
import { activitiesOf, type Finish, type Model, type Study, titleOf } from '@pathway/model';
import { type Words, wordsOf } from '@pathway/report';
import { compileInput, type TraceRow, traceRows } from '@pathway/simulation';

/** Patients of whom fewer events are known have hardly begun their way. */
const FEWEST_EVENTS = 2;
/** What happens to one patient; who comes back for years has had enough events to follow. */
const MOST_EVENTS = 400;
/** Rows of a run that are looked at for patients who have ended their way. */
const MOST_ROWS = 200_000;

type Event = FollowedPatient['events'][number];

/** Where something happened: what it is called, and the node that stands for it. */
interface Place {
  readonly title?: string;
  readonly node?: string | undefined;
}

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
  const finishes: Finish[] = [];
  for (const activity of model.pathways.flatMap((pathway) => activitiesOf(pathway))) {
    if (activity.kind === 'hold') holds.add(activity.id);
    if (activity.kind === 'finish') finishes.push(activity);
    if (activity.kind === 'step' || activity.kind === 'hold') titles.set(activity.id, titleOf(activity));
  }
  const placeOf = (row: TraceRow): Place => {
    if (row.what === 'arrive') return { node: startOf(model, row.patient) };
    if (row.what === 'finish') return endOf(finishes, row.subject);
    const title = titles.get(row.subject);
    return title === undefined ? { title: row.subject } : { title, node: row.subject };
  };
  const open = new Map<string, { readonly arrived: number; readonly events: Event[] }>();
  const ended: FollowedPatient[] = [];
  let rows = 0;
  for (const row of traceRows(compileInput(model, study.id, scenario), 0)) {
    if (ended.length >= most || rows++ >= MOST_ROWS) break;
    if (row.what === 'arrive') open.set(row.patient, { arrived: row.time, events: [] });
    const way = open.get(row.patient);
    if (way === undefined) continue;
    const { node, title = '' } = placeOf(row);
    const event = {
      time: row.time - way.arrived,
      text: textFor(words, row, title, holds.has(row.subject)),
      ...(node !== undefined && { node }),
    };
    if (way.events.length < MOST_EVENTS) way.events.push(event);
    if (row.what !== 'finish') continue;
    open.delete(row.patient);
    if (way.events.length > FEWEST_EVENTS) ended.push({ name: nameOf(model, row.patient), events: way.events });
  }
  const told = model.scenarios.find(({ id }) => id === scenario);
  return {
    patients: ended,
    run: words.say`Simulated: ${titleOf(study)}, ${told === undefined ? words.say`as declared` : titleOf(told)}, replication 0, seed ${String(study.seed)}.`,
  };
}

/** The cohort and the number of a patient of a trace: `Stroke 17`. */
function partsOf(patient: string): readonly [cohort: string, number: string] {
  const end = patient.lastIndexOf(' ');
  return [patient.slice(0, end), patient.slice(end + 1)];
}

/** What readers call a patient: the title of the cohort, and the number. */
function nameOf(model: Model, patient: string): string {
  const [id, number] = partsOf(patient);
  const cohort = model.cohorts.find((each) => each.id === id);
  return `${cohort === undefined ? id : titleOf(cohort)} ${number}`;
}

/** The node at which the cohort of a patient comes into its pathway; undefined where it comes into several. */
function startOf(model: Model, patient: string): string | undefined {
  const [id] = partsOf(patient);
  const starts = model.pathways.flatMap((pathway) =>
    pathway.cohorts.flatMap(({ cohort }, position) => (cohort === id ? [startNodeId(pathway, position)] : [])),
  );
  return starts.length === 1 ? starts[0] : undefined;
}

/** The finish of an outcome, as readers call it, and its node where just one place has that outcome. */
function endOf(finishes: readonly Finish[], outcome: string): Place {
  const [first, ...others] = finishes.filter((each) => each.outcome === outcome);
  const title = first?.title ?? outcome;
  return first !== undefined && others.length === 0 ? { title, node: first.id } : { title };
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
