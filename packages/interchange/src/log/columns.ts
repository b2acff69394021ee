import { nearestText } from '@pathway/model';
import { LogError } from '../log-error.js';
import { namesSomebody } from './personal.js';

/** Names of columns, as the heading has them; what is left out is recognised. */
export interface ColumnChoice {
  readonly case?: string;
  readonly activity?: string;
  /** When the event happened, or when the work ended. */
  readonly time?: string;
  /** When the work began. */
  readonly start?: string;
  readonly lifecycle?: string;
  readonly resource?: string;
  /** Attributes of cases to read; all other columns where nothing is said. */
  readonly attributes?: readonly string[];
}

/** Where each part of an event stands in a row, from 0. */
export interface LogColumns {
  readonly case: number;
  readonly activity: number;
  readonly time: number;
  readonly start: number | undefined;
  readonly lifecycle: number | undefined;
  readonly resource: number | undefined;
  readonly attributes: readonly { readonly name: string; readonly column: number }[];
  readonly names: readonly string[];
}

type Part = 'case' | 'activity' | 'time' | 'start' | 'lifecycle' | 'resource';

/** Usual names, in lower case without anything but letters and digits; the first that a heading has is taken. */
const USUAL: Readonly<Record<Part, readonly string[]>> = {
  case: [
    'caseid',
    'caseconceptname',
    'case',
    'traceid',
    'trace',
    'visitid',
    'encounterid',
    'encounter',
    'episodeid',
    'admissionid',
    'stayid',
    'patientid',
    'patient',
  ],
  activity: ['activity', 'conceptname', 'activityname', 'event', 'eventname', 'task', 'taskname', 'step', 'action'],
  time: [
    'completetimestamp',
    'endtimestamp',
    'timetimestamp',
    'timestamp',
    'completetime',
    'endtime',
    'end',
    'complete',
    'datetime',
    'eventtime',
    'time',
    'date',
  ],
  start: ['starttimestamp', 'starttime', 'start', 'begintime', 'begin'],
  lifecycle: ['lifecycletransition', 'lifecycle', 'transition', 'lifecycleid', 'eventtype'],
  resource: ['orgresource', 'resource', 'orggroup', 'orgrole', 'performer', 'group', 'user', 'employee', 'staff'],
};

/** The heading of logs that runs write; in it, `organisation` says where each piece of work is done. */
export const WRITTEN_HEADING = ['case', 'activity', 'lifecycle', 'time', 'organisation', 'cohort', 'outcome'] as const;

/** Columns that tools add to a log: they name or number what is in it already. */
const ADDED_BY_TOOLS = new Set([
  'variant',
  'variantindex',
  'eventid',
  'activityinstanceid',
  'conceptinstance',
  'rownumber',
  'order',
  '',
]);

/**
 * Finds the columns of a log by its heading.
 * @throws LogError when a column that is needed is neither named nor recognised
 */
export function recogniseColumns(heading: readonly string[], choice: ColumnChoice): LogColumns {
  const names = heading.map((name) => name.trim());
  const plain = names.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  const isOwn = names.length === WRITTEN_HEADING.length && names.every((name, i) => name === WRITTEN_HEADING[i]);
  const find = (part: Part): number | undefined => {
    const wanted = choice[part];
    if (wanted !== undefined) return namedColumn(names, wanted, `--${part}`);
    if (part === 'resource' && isOwn) return names.indexOf('organisation');
    const usual = USUAL[part].find((each) => plain.includes(each));
    return usual === undefined ? undefined : plain.indexOf(usual);
  };
  const need = (part: 'case' | 'activity' | 'time', what: string): number => {
    const found = find(part);
    if (found === undefined)
      throw new LogError(
        `No column is recognised as ${what}. The columns are ${names.map((name) => `"${name}"`).join(', ')}.`,
        `Name it with --${part}.`,
        { line: 1 },
      );
    return found;
  };
  const start = find('start');
  const found = {
    case: need('case', 'the case'),
    activity: need('activity', 'the activity'),
    time: need('time', 'the time'),
    start,
    lifecycle: find('lifecycle'),
    resource: find('resource'),
  };
  const taken = new Set<number | undefined>(Object.values(found));
  const attributes =
    choice.attributes?.map((name) => ({ name, column: namedColumn(names, name, '--attributes') })) ??
    names.flatMap((name, column) =>
      taken.has(column) || ADDED_BY_TOOLS.has(plain[column] ?? '') || isAboutPeople(name) ? [] : [{ name, column }],
    );
  return { ...found, attributes, names };
}

/** Whether an attribute of this name says who somebody is, is written freely, or names a performer or a case. */
export function isAboutPeople(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return namesSomebody(name) || USUAL.resource.includes(plain) || USUAL.case.includes(plain);
}

function namedColumn(names: readonly string[], wanted: string, option: string): number {
  const found = names.indexOf(wanted);
  if (found >= 0) return found;
  const near = nearestText(wanted, names);
  throw new LogError(
    `There is no column "${wanted}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
    `${option} takes one of ${names.map((name) => `"${name}"`).join(', ')}.`,
    { line: 1 },
  );
}
