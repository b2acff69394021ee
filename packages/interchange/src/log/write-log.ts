import type { Need } from '@pathway/model';
import { csvRow } from '../csv-table.js';
import { escapedXml } from '../xml-text.js';
import { WRITTEN_HEADING } from './columns.js';
import { casesOf, LogWords, type SimulatedLog, type ToldActivity, type ToldCase } from './simulated-log.js';

/** The kinds of event logs that are written. */
export type LogFormat = 'xes' | 'ocel' | 'csv';

/**
 * A run as an event log, piece by piece: XES (IEEE 1849-2016) and CSV with one row an event, case by case; OCEL 2.0 (JSON)
 * in the order of time, with patients, organisations and what work asks for as objects. What is read back is what was
 * written, to the millisecond.
 */
export function writeLog(format: LogFormat, log: SimulatedLog): Generator<string, void, undefined> {
  switch (format) {
    case 'xes':
      return xesOf(log);
    case 'csv':
      return csvOf(log);
    case 'ocel':
      return ocelOf(log);
  }
}

function* csvOf(log: SimulatedLog): Generator<string, void, undefined> {
  const words = new LogWords(log);
  yield csvRow(WRITTEN_HEADING);
  for (const { patient, cohort, outcome, events } of casesOf(log, words))
    for (const { activity, lifecycle, time } of events)
      yield csvRow([patient, activity.label, lifecycle, log.timestamp(time), activity.organisation, cohort, outcome]);
}

const XES_EXTENSIONS = [
  ['Concept', 'concept'],
  ['Lifecycle', 'lifecycle'],
  ['Time', 'time'],
  ['Organizational', 'org'],
] as const;

function* xesOf(log: SimulatedLog): Generator<string, void, undefined> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield '<log xes.version="1849.2016" xmlns="http://www.xes-standard.org/">\n';
  for (const [name, prefix] of XES_EXTENSIONS)
    yield `  <extension name="${name}" prefix="${prefix}" uri="http://www.xes-standard.org/${prefix}.xesext"/>\n`;
  yield '  <global scope="trace">\n    <string key="concept:name" value=""/>\n  </global>\n';
  yield (
    '  <global scope="event">\n    <string key="concept:name" value=""/>\n' +
    '    <string key="lifecycle:transition" value="complete"/>\n' +
    '    <date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>\n  </global>\n'
  );
  yield '  <classifier name="Activity" keys="concept:name"/>\n';
  yield `  ${attribute('string', 'concept:name', log.title)}`;
  yield `  ${attribute('string', 'lifecycle:model', 'standard')}`;
  for (const one of casesOf(log, new LogWords(log))) yield xesTrace(one, log.timestamp);
  yield '</log>\n';
}

function xesTrace(
  { patient, cohort, arrived, outcome, left, events }: ToldCase,
  at: SimulatedLog['timestamp'],
): string {
  const lines = [
    attribute('string', 'concept:name', patient),
    attribute('string', 'cohort', cohort),
    ...(arrived === undefined ? [] : [attribute('date', 'arrived', at(arrived))]),
    ...(left === undefined ? [] : [attribute('date', 'left', at(left))]),
    ...(outcome === undefined ? [] : [attribute('string', 'outcome', outcome)]),
  ].map((line) => `    ${line}`);
  for (const { activity, lifecycle, time } of events) {
    lines.push(
      '    <event>\n',
      `      ${attribute('string', 'concept:name', activity.label)}`,
      `      ${attribute('string', 'lifecycle:transition', lifecycle)}`,
      `      ${attribute('date', 'time:timestamp', at(time))}`,
    );
    if (activity.organisation !== undefined)
      lines.push(`      ${attribute('string', 'org:group', activity.organisation)}`);
    lines.push('    </event>\n');
  }
  return `  <trace>\n${lines.join('')}  </trace>\n`;
}

function attribute(type: 'string' | 'date', key: string, value: string): string {
  return `<${type} key="${key}" value="${escapedXml(value)}"/>\n`;
}

interface Relationship {
  readonly objectId: string;
  readonly qualifier: string;
}

/** Objects beside patients: what the steps of a model name, each once, in the order of the text. */
class OcelObjects {
  readonly objects: { readonly id: string; readonly type: string; readonly attributes: readonly object[] }[] = [];
  readonly relationships = new Map<string, readonly Relationship[]>();
  private readonly known = new Set<string>();

  constructor(
    private readonly log: SimulatedLog,
    activities: readonly ToldActivity[],
  ) {
    for (const told of activities) this.relationships.set(told.id, this.relationsOf(told));
  }

  private relationsOf({ activity, organisation }: ToldActivity): readonly Relationship[] {
    const place = organisation === undefined ? [] : [this.related('organisation', organisation, organisation, 'at')];
    if (activity.kind !== 'step' && activity.kind !== 'hold') return place;
    return [...place, ...activity.needs.flatMap((need) => this.needed(need))];
  }

  private needed({ of }: Need): readonly Relationship[] {
    const { model } = this.log;
    const qualifier = of.length > 1 ? 'one of' : 'uses';
    return of.map((target) => {
      const id = target.kind === 'resource' ? target.resource : target.kind === 'role' ? target.role : target.skill;
      const all = { resource: model.resources, role: model.roles, skill: model.skills }[target.kind];
      const found = all.find((each) => each.id === id);
      return this.related(target.kind, id, found?.title ?? found?.name ?? id, qualifier);
    });
  }

  private related(type: string, id: string, title: string, qualifier: string): Relationship {
    const objectId = `${type} ${id}`;
    if (!this.known.has(objectId)) {
      this.known.add(objectId);
      const attributes = [{ name: 'title', time: this.log.timestamp(0), value: title }];
      this.objects.push({ id: objectId, type, attributes });
    }
    return { objectId, qualifier };
  }
}

function* ocelOf(log: SimulatedLog): Generator<string, void, undefined> {
  const words = new LogWords(log);
  const { objects, relationships } = new OcelObjects(log, words.all);
  const { timestamp } = log;
  const typesOf = [...new Set(objects.map(({ type }) => type))];
  const text = (name: string): object => ({ name, type: 'string' });
  yield '{"objectTypes":';
  yield JSON.stringify([
    { name: 'patient', attributes: [text('cohort'), text('outcome')] },
    ...typesOf.map((name) => ({ name, attributes: [text('title')] })),
  ]);
  yield ',\n"eventTypes":';
  const labels = words.all.map(({ label }) => ({ name: label, attributes: [text('lifecycle')] }));
  yield JSON.stringify([{ name: 'Arrival', attributes: [] }, ...labels, { name: 'End', attributes: [] }]);
  yield ',\n"events":[';
  let count = 0;
  const patients = new Map<string, { readonly since: number; outcome?: string; left?: number }>();
  for (const row of log.rows) {
    const told = words.eventOf(row);
    let patient = patients.get(row.patient);
    if (patient === undefined) {
      patient = { since: row.time };
      patients.set(row.patient, patient);
    }
    if (row.what === 'finish') {
      const outcome = words.outcomeOf(row.subject);
      if (outcome !== undefined) patient.outcome = outcome;
      patient.left = row.time;
    }
    const type = row.what === 'arrive' ? 'Arrival' : row.what === 'finish' ? 'End' : told?.activity.label;
    if (type === undefined) continue;
    const event = {
      id: `e${++count}`,
      type,
      time: timestamp(row.time),
      attributes: told === undefined ? [] : [{ name: 'lifecycle', value: told.lifecycle }],
      relationships: [
        { objectId: `patient ${row.patient}`, qualifier: 'patient' },
        ...(told === undefined ? [] : (relationships.get(told.activity.id) ?? [])),
      ],
    };
    yield `${count === 1 ? '' : ','}\n${JSON.stringify(event)}`;
  }
  yield '\n],\n"objects":[';
  let separator = '\n';
  for (const object of objects) {
    yield `${separator}${JSON.stringify({ ...object, relationships: [] })}`;
    separator = ',\n';
  }
  for (const [patient, { since, outcome, left }] of patients) {
    const attributes = [{ name: 'cohort', time: timestamp(since), value: words.cohortOf(patient) }];
    if (outcome !== undefined && left !== undefined)
      attributes.push({ name: 'outcome', time: timestamp(left), value: outcome });
    yield `${separator}${JSON.stringify({ id: `patient ${patient}`, type: 'patient', attributes, relationships: [] })}`;
    separator = ',\n';
  }
  yield '\n]}\n';
}
