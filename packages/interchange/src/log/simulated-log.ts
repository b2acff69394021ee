import { type Activity, activitiesOf, type Model, titleOf } from '@pathway/model';

/** One row of what a simulation writes down of a patient; times are elapsed seconds of the study. */
export interface SimulatedRow {
  readonly time: number;
  /** Cohort and number, `Stroke 17`. */
  readonly patient: string;
  readonly what: 'arrive' | 'request' | 'start' | 'end' | 'give up' | 'finish';
  /** Activity id, or the outcome of a finish. */
  readonly subject: string;
}

/** What the rows are of, and how they are told. */
export interface SimulatedLog {
  readonly model: Model;
  readonly rows: Iterable<SimulatedRow>;
  /** Elapsed seconds as ISO 8601 with an offset. */
  readonly timestamp: (elapsedSeconds: number) => string;
  /** What the log is called, for its reader. */
  readonly title: string;
  /** Holds (beds that are kept) beside steps. */
  readonly withHolds: boolean;
}

/** What a log of events calls what happens to a piece of work; the words of XES' lifecycle extension. */
type LifecycleWord = 'schedule' | 'start' | 'complete' | 'withdraw';

/** One event of a case as a log tells it. */
export interface ToldEvent {
  readonly activity: ToldActivity;
  readonly lifecycle: LifecycleWord;
  readonly time: number;
}

/** A step or hold as a log tells it. */
export interface ToldActivity {
  readonly id: string;
  /** Its title; with its name in brackets where two have one title. */
  readonly label: string;
  /** Title of the organisation where it is done. */
  readonly organisation: string | undefined;
  readonly activity: Activity;
}

/** A patient's way from arrival to the end. */
export interface ToldCase {
  readonly patient: string;
  /** Title of the cohort. */
  readonly cohort: string;
  /** Elapsed seconds; undefined for who was there before the log began. */
  readonly arrived: number | undefined;
  /** Title of the outcome; undefined where it has none, or the log ended first. */
  readonly outcome: string | undefined;
  /** Elapsed seconds; undefined where the log ended first. */
  readonly left: number | undefined;
  readonly events: readonly ToldEvent[];
}

const LIFECYCLE: Readonly<Partial<Record<SimulatedRow['what'], LifecycleWord>>> = {
  request: 'schedule',
  start: 'start',
  end: 'complete',
  'give up': 'withdraw',
};

/** What rows mean: which activities are told, and by which names. */
export class LogWords {
  private readonly activities = new Map<string, ToldActivity>();
  private readonly cohorts: ReadonlyMap<string, string>;
  private readonly outcomes = new Map<string, string>();

  constructor({ model, withHolds }: Pick<SimulatedLog, 'model' | 'withHolds'>) {
    const told = model.pathways.flatMap((pathway) =>
      activitiesOf(pathway).flatMap((activity) => {
        if (activity.kind === 'finish' && !this.outcomes.has(activity.outcome))
          this.outcomes.set(activity.outcome, activity.title ?? activity.outcome);
        return activity.kind === 'step' || (withHolds && activity.kind === 'hold') ? [{ activity, pathway }] : [];
      }),
    );
    const uses = new Map<string, number>();
    for (const { activity } of told) uses.set(titleOf(activity), (uses.get(titleOf(activity)) ?? 0) + 1);
    for (const { activity, pathway } of told) {
      const title = titleOf(activity);
      const place = (activity.kind === 'step' ? activity.organisation : undefined) ?? pathway.owner;
      const organisation = model.organisations.find(({ id }) => id === place);
      this.activities.set(activity.id, {
        id: activity.id,
        label: (uses.get(title) ?? 0) > 1 ? `${title} (${activity.id})` : title,
        organisation: organisation && titleOf(organisation),
        activity,
      });
    }
    this.cohorts = new Map(model.cohorts.map((cohort) => [cohort.id, titleOf(cohort)] as const));
  }

  /** Every step (and hold) that can be in the log, in the order of the text. */
  get all(): readonly ToldActivity[] {
    return [...this.activities.values()];
  }

  /** The event that a row tells; undefined for one that is none in a log of work. */
  eventOf({ what, subject, time }: SimulatedRow): ToldEvent | undefined {
    const activity = this.activities.get(subject);
    const lifecycle = LIFECYCLE[what];
    return activity === undefined || lifecycle === undefined ? undefined : { activity, lifecycle, time };
  }

  cohortOf(patient: string): string {
    const id = patient.slice(0, patient.lastIndexOf(' '));
    return this.cohorts.get(id) ?? id;
  }

  outcomeOf(subject: string): string | undefined {
    return subject === '' ? undefined : (this.outcomes.get(subject) ?? subject);
  }
}

/**
 * The cases of a run, each as soon as its patient has left; those who are still there follow in the order of arrival. No
 * more is kept than the patients who are there at one time.
 */
export function* casesOf(log: SimulatedLog, words: LogWords): Generator<ToldCase, void, undefined> {
  const open = new Map<string, { arrived: number | undefined; events: ToldEvent[] }>();
  const told = (patient: string, outcome?: string, left?: number): ToldCase => {
    const { arrived, events } = open.get(patient) ?? { arrived: undefined, events: [] };
    open.delete(patient);
    return { patient, cohort: words.cohortOf(patient), arrived, outcome, left, events };
  };
  for (const row of log.rows) {
    if (row.what === 'finish') {
      yield told(row.patient, words.outcomeOf(row.subject), row.time);
      continue;
    }
    let known = open.get(row.patient);
    if (known === undefined) {
      known = { arrived: undefined, events: [] };
      open.set(row.patient, known);
    }
    if (row.what === 'arrive') known.arrived = row.time;
    const event = words.eventOf(row);
    if (event !== undefined) known.events.push(event);
  }
  for (const patient of [...open.keys()]) yield told(patient);
}
