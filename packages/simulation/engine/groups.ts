import { valueFor } from './evaluator.ts';
import { CLASS_PATIENCE, EVENT_DEPARTURE, KINDS } from './event-heap.ts';
import { noteRequestOf } from './notes.ts';
import { newNulls } from './platform.ts';
import { GatheringPlace, Run, TRACE_START } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { GATHERING, GROUPED, OF_GROUP, Token } from './tokens.ts';

/*
 * Patients who gather wait at a place, one for each activity, until a group leaves. The group is a token of its own that
 * goes through the block; draws and attributes are those of its first member.
 */

/** Schedules the first departure of each place with a timetable. */
export function beginDepartures(run: Run): void {
  run.places = newNulls<GatheringPlace>(run.recorder.activityCount);
  for (let i = 0; i < run.departures.count; i += 2) scheduleDeparture(run, i);
}

function scheduleDeparture(run: Run, timetable: i32): void {
  const place = run.placeOf(run.departures.at[timetable]!);
  const time = (place.departed + 1) * run.constants[run.departures.at[timetable + 1]!]!;
  if (time < run.end) run.heap.push(time, CLASS_PATIENCE, run.departures.at[timetable]! * KINDS + EVENT_DEPARTURE);
}

/** Schedules the departure of the group that is gathering at a place. */
export function leaveAt(run: Run, place: GatheringPlace, activity: i32, time: f64): void {
  place.leaves = time < run.end ? run.heap.push(time, CLASS_PATIENCE, activity * KINDS + EVENT_DEPARTURE) : -1;
}

/** Somebody comes to gather. A group that is complete with them leaves at once. */
export function gatherHere(run: Run, token: Token, pc: i32): void {
  const code = run.code;
  const place = run.placeOf(code[pc + 1]!);
  noteRequestOf(run, token.patient, code[pc + 1]!);
  token.state = GATHERING;
  token.request = pc;
  token.pc = code[pc + 8]!;
  token.requestTime = run.now;
  const last = place.last;
  token.previous = last;
  token.next = null;
  if (last === null) place.first = token;
  else last.next = token;
  place.last = token;
  place.count++;
  const after = code[pc + 3]!;
  const visit = code[pc + 6]!;
  if (after >= 0 && place.count === 1) {
    const limit = valueFor(run, after, token.patient, visit, code[pc + 7]!);
    leaveAt(run, place, code[pc + 1]!, limit >= 0 ? run.now + limit : run.now);
  }
  run.countVisit(token.patient, visit);
  const size = code[pc + 2]!;
  if (size >= 0 && place.count >= size) run.branches.push(depart(run, place, size));
}

/** The time of a departure has come, of a timetable or so long after the first came; gives the group that leaves. */
export function departAtItsTime(run: Run, activity: i32): Token | null {
  const place = run.placeOf(activity);
  for (let i = 0; i < run.departures.count; i += 2) {
    if (run.departures.at[i]! !== activity) continue;
    place.departed += 1;
    scheduleDeparture(run, i);
    return place.count > 0 ? depart(run, place, run.code[place.first!.request + 5]!) : null;
  }
  // Whoever left with a full group takes their time of departure with them, also where that of the next ones is the same.
  return place.count > 0 && place.leaves === run.heap.takenKey() ? depart(run, place, place.count) : null;
}

/** Makes a group of the first who are there. @param most members, -1 for all */
function depart(run: Run, place: GatheringPlace, most: i32): Token {
  const first = place.first!;
  const pc = first.request;
  const group = run.population.addToken(first.patient, pc + 9, null);
  group.role = OF_GROUP;
  group.group = group;
  group.member = first;
  let count = 0;
  let last = first;
  let next: Token | null = first;
  while (next !== null && (most < 0 || count < most)) {
    last = next;
    last.state = GROUPED;
    last.parentGroup = group;
    last.workStart = run.now;
    const activity = run.code[pc + 1]!;
    run.recorder.waited(-1, activity, last.patient, last.requestTime, run.now);
    run.recorder.started(activity, last.patient, run.now);
    if (run.tracing) run.log(last.patient, TRACE_START, activity);
    count++;
    next = last.next;
  }
  last.next = null;
  place.first = next;
  if (next === null) place.last = null;
  else next.previous = null;
  place.count -= count;
  return group;
}
