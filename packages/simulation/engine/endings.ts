import { valueFor } from './evaluator.ts';
import { leaveAt } from './groups.ts';
import { dequeue, giveBackSlot } from './holding.ts';
import { cancelEnd, endGiving } from './interruptions.ts';
import { noteEndOf } from './notes.ts';
import { GatheringPlace, Run, TRACE_FINISH } from './run.ts';
import { f64 } from './scalars.ts';
import { serveWaiting } from './serving.ts';
import { DELAYED, FORKED, GATHERING, GROUPED, OF_PATIENT, Patient, RUNNING, Token, WAITING } from './tokens.ts';

/*
 * How branches, groups and patients come to their ends, or are abandoned.
 */

/**
 * A branch or a group ends. The last branch, or the first of a race, lets the token that forked go on, or leave where
 * the patient finished in it.
 */
export function join(run: Run, token: Token): void {
  giveBackAll(run, token);
  const parent = token.parent;
  if (parent === null) {
    disperse(run, token);
  } else {
    if (token.outcome >= 0) parent.outcome = token.outcome;
    removeChild(parent, token);
    run.population.removeToken(token);
    parent.branches--;
    if (parent.race && parent.branches > 0) abandonBranches(run, parent);
    if (parent.branches === 0) {
      if (parent.outcome < 0) run.branches.push(parent);
      else finish(run, parent);
    }
  }
  if (run.pools.dirtyCount > 0) serveWaiting(run);
}

/** Somebody finished, in a branch or not. */
function finish(run: Run, token: Token): void {
  if (token.parent === null && token.role === OF_PATIENT) leave(run, token);
  else join(run, token);
}

/** Ends a token that is to go no further: it finished in a group, or was abandoned. */
export function endAside(run: Run, token: Token): void {
  if (token.abandoned) run.population.removeToken(token);
  else finish(run, token);
}

/** Gives back all that a token keeps. */
function giveBackAll(run: Run, token: Token): void {
  const slots = run.population.sizes.slots;
  for (let i = 0; i < slots && (token.keeps > 0 || token.seeker !== null); i++) giveBackSlot(run, token, i);
}

/** A patient leaves with all that they keep given back. */
export function leave(run: Run, token: Token): void {
  const patient = token.patient;
  const recorder = run.recorder;
  patient.outcome = token.outcome;
  if (token.keeps > 0 || token.seeker !== null) giveBackAll(run, token);
  const hook = recorder.exit;
  if (hook !== null) recorder.moment(hook, patient, run.now);
  recorder.left(patient, run.now);
  if (run.tracing) run.log(patient, TRACE_FINISH, patient.outcome);
  run.population.removeToken(token);
  run.population.removePatient(patient);
  if (run.pools.dirtyCount > 0) serveWaiting(run);
}

/** Takes a branch that has ended off the list of its parent's. */
function removeChild(parent: Token, token: Token): void {
  let before: Token | null = null;
  let child = parent.child;
  while (child !== null && child !== token) {
    before = child;
    child = child.sibling;
  }
  if (before === null) parent.child = token.sibling;
  else before.sibling = token.sibling;
  token.sibling = null;
}

/** Abandons all branches of a token that have not ended, in the order of the text. */
function abandonBranches(run: Run, token: Token): void {
  let child = token.child;
  token.child = null;
  token.branches = 0;
  while (child !== null) {
    const next: Token | null = child.sibling;
    abandon(run, child);
    child = next;
  }
}

/** Stops a token where it is: it leaves queues, its work ends, and all that it keeps is given back. */
function abandon(run: Run, token: Token): void {
  let isListed = false;
  switch (token.state) {
    case WAITING:
      dequeue(run, token);
      token.givesUp = Infinity;
      break;
    case DELAYED:
      cancelEnd(token);
      if (token.gives !== 0) endGiving(run, token);
      break;
    case FORKED:
      abandonBranches(run, token);
      break;
    case GATHERING:
      leaveGathering(run, token);
      break;
    case GROUPED:
      leaveGroup(run, token);
      break;
    default:
      // It is among those that are about to go on, and is put away when its turn comes.
      isListed = true;
  }
  giveBackAll(run, token);
  if (isListed) {
    token.ends = true;
    token.abandoned = true;
  } else {
    run.population.removeToken(token);
  }
}

/** The members of a group go on separately, in the order in which they came, or leave where the group finished. */
function disperse(run: Run, group: Token): void {
  let member = group.member;
  let last: Token | null = null;
  while (member !== null) {
    // The group's own request may be a later one, for which it waited in the block.
    noteEndOf(run, member.patient, run.code[member.request + 1]!, member.workStart);
    member.state = RUNNING;
    member.parentGroup = null;
    member.outcome = group.outcome;
    member.ends = group.outcome >= 0;
    last = member;
    member = member.next;
  }
  group.member = null;
  while (last !== null) {
    const before: Token | null = last.previous;
    last.next = null;
    last.previous = null;
    run.branches.push(last);
    last = before;
  }
  run.population.removeToken(group);
}

/** Somebody who gathers is abandoned. */
function leaveGathering(run: Run, token: Token): void {
  const place = run.placeOf(run.code[token.request + 1]!);
  const before = token.previous;
  const after = token.next;
  if (before === null) place.first = after;
  else before.next = after;
  if (after === null) place.last = before;
  else after.previous = before;
  place.count--;
  // The next one is now the first, and has not been there for so long.
  if (before === null && place.count > 0) waitAnew(run, place);
}

/** A group whose first member is gone leaves so long after its next one came. */
function waitAnew(run: Run, place: GatheringPlace): void {
  const first = place.first!;
  const code = run.code;
  const after = code[first.request + 3]!;
  if (after < 0) return;
  const limit = valueFor(run, after, first.patient, code[first.request + 6]!, code[first.request + 7]!);
  const due: f64 = limit >= 0 ? first.requestTime + limit : run.now;
  leaveAt(run, place, code[first.request + 1]!, due > run.now ? due : run.now);
}

/** A member of a group is abandoned: the group goes on without them, and ends with its last member. */
function leaveGroup(run: Run, token: Token): void {
  const group = token.parentGroup!;
  token.parentGroup = null;
  const before = token.previous;
  const after = token.next;
  if (before === null) group.member = after;
  else before.next = after;
  if (after !== null) after.previous = before;
  const first = group.member;
  if (first === null) abandon(run, group);
  else if (group.patient === token.patient) lendTo(group, first.patient);
}

/** Lets a group and its branches be those of another patient. */
function lendTo(token: Token, patient: Patient): void {
  token.patient = patient;
  let seeker = token.seeker;
  while (seeker !== null) {
    seeker.patient = patient;
    seeker = seeker.nextSeeker;
  }
  if (token.state !== FORKED) return;
  let child = token.child;
  while (child !== null) {
    lendTo(child, patient);
    child = child.sibling;
  }
}
