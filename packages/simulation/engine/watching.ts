import { begin, end } from './changing.ts';
import { Control, TOLD_GAUGE, TOLD_LEVEL, TOLD_RESPONSE, TOLD_TRIGGER } from './control.ts';
import { ACTIVE, AT_REST, Gauge, PENDING, RECOVERING, Trigger } from './levels.ts';
import { CALLED_BY_LEVEL, CALLED_BY_TRIGGER, Response } from './responses.ts';
import { TIMER_LEAD } from './timers.ts';
import { whole } from './platform.ts';
import { read } from './reading.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';

/*
 * Signals, triggers, gauges, levels and responses, judged in this order, each once. The definition is that of the model's
 * Watcher, which tests hold this to.
 */

/** Judges what is seen at this instant. */
export function judge(run: Run): void {
  const control = run.control!;
  const now = run.now;
  for (let i = 0; i < control.recentCount; i++) control.recents[i]!.forget(now);
  readSignals(run, control, now);
  for (let i = 0; i < control.triggerCount; i++) judgeTrigger(run, control, control.triggers[i]!, now);
  judgeLevels(run, control, now);
  judgeResponses(run, control, now);
}

function readSignals(run: Run, control: Control, now: f64): void {
  for (let i = 0; i < control.signalCount; i++) {
    const signal = control.signals[i]!;
    const steps = signal.steps;
    if (steps !== null) while (steps.nextTime() <= now) steps.advance();
    const samples = signal.samples;
    if (samples !== null && !samples.take(now)) continue;
    signal.see(steps === null ? read(run, signal.code) : steps.value(), now);
  }
}

/** A trigger changes its phase once an instant at most, so that none goes to and fro for ever. */
function judgeTrigger(run: Run, control: Control, trigger: Trigger, now: f64): void {
  const isAlert = trigger.when < 0;
  const called: f64 = isAlert ? (trigger.alerts > 0 ? 1 : 0) : read(run, trigger.when);
  const until: f64 = trigger.until < 0 ? NaN : read(run, trigger.until);
  if (trigger.phase === AT_REST) {
    if (!isTrue(called) || trigger.since === now) return;
    trigger.since = now;
    if (trigger.lasting > 0) trigger.phase = PENDING;
    else activate(control, trigger, until, now);
    return;
  }
  if (trigger.phase === PENDING) {
    if (called === 0) {
      trigger.phase = AT_REST;
      trigger.since = NaN;
    } else if (isTrue(called) && now >= trigger.since + trigger.lasting) {
      activate(control, trigger, until, now);
    }
    return;
  }
  const isOver = !isAlert || called === 0;
  if (trigger.until < 0) {
    if (isAlert && isOver) rest(control, trigger, now);
    return;
  }
  if (until === 0) {
    trigger.calmSince = NaN;
    return;
  }
  if (isNaN(trigger.calmSince)) {
    if (!isTrue(until)) return;
    trigger.calmSince = now;
  }
  if (isOver && isTrue(until) && now >= trigger.calmSince + trigger.calm && trigger.since !== now) {
    rest(control, trigger, now);
  }
}

function isTrue(value: f64): boolean {
  return value !== 0 && !isNaN(value);
}

function activate(control: Control, trigger: Trigger, until: f64, now: f64): void {
  trigger.phase = ACTIVE;
  trigger.since = now;
  trigger.calmSince = isTrue(until) ? now : NaN;
  control.tell(now, TOLD_TRIGGER, trigger.index, 1);
}

function rest(control: Control, trigger: Trigger, now: f64): void {
  trigger.phase = AT_REST;
  trigger.since = now;
  trigger.calmSince = NaN;
  control.tell(now, TOLD_TRIGGER, trigger.index, 0);
}

/** The least levels that agree with everything that gives one: gauges in a circle have none because of themselves. */
function judgeLevels(run: Run, control: Control, now: f64): void {
  for (let i = 0; i < control.placeCount; i++) control.places[i]!.raised = 0;
  for (let i = 0; i < control.triggerCount; i++) {
    const trigger = control.triggers[i]!;
    if (trigger.phase === ACTIVE && trigger.place >= 0) raisePlace(control, trigger.place, trigger.level);
  }
  for (let i = 0; i < control.gaugeCount; i++) {
    const gauge = control.gauges[i]!;
    const samples = gauge.samples;
    gauge.held = samples !== null && !samples.take(now);
    gauge.raised = 0;
    if (!gauge.held && gauge.scores.count > 0) {
      const score = scoreOf(run, gauge);
      if (!isNaN(score)) gauge.score = score;
    }
  }
  let changed = true;
  while (changed) {
    changed = false;
    for (let i = 0; i < control.gaugeCount; i++) {
      const gauge = control.gauges[i]!;
      const level = gauge.held ? gauge.level : levelOf(control, gauge);
      if (level > gauge.raised) {
        gauge.raised = level;
        changed = true;
      }
      if (raisePlace(control, gauge.place, level)) changed = true;
    }
  }
  for (let i = 0; i < control.gaugeCount; i++) {
    const gauge = control.gauges[i]!;
    if (gauge.level === gauge.raised) continue;
    gauge.level = gauge.raised;
    control.tell(now, TOLD_GAUGE, i, gauge.level);
  }
  for (let i = 0; i < control.placeCount; i++) {
    const place = control.places[i]!;
    if (place.level === place.raised) continue;
    place.level = place.raised;
    control.tell(now, TOLD_LEVEL, i, place.level);
  }
}

function raisePlace(control: Control, place: i32, level: i32): boolean {
  const at = control.places[place]!;
  if (level <= at.raised) return false;
  at.raised = level;
  return true;
}

/** Points of a gauge; NaN where a value of one is not known. */
function scoreOf(run: Run, gauge: Gauge): f64 {
  let total: f64 = 0;
  let line = 0;
  for (let i = 0; i < gauge.scores.count; i++) {
    const value = read(run, gauge.scores.at[i]!);
    if (isNaN(value)) return NaN;
    const end = line + gauge.lineCounts.at[i]!;
    let found = false;
    for (; line < end; line++) {
      if (found || !(value < gauge.lines[2 * line]!)) continue;
      total += gauge.lines[2 * line + 1]!;
      found = true;
    }
  }
  return total;
}

function levelOf(control: Control, gauge: Gauge): i32 {
  let level = 0;
  for (let i = 0; i < gauge.thresholdCount; i++) {
    const reached = gauge.thresholds[2 * i]!;
    if (gauge.score >= gauge.thresholds[2 * i + 1]! && reached > level) level = whole(reached);
  }
  const worst = gauge.worst;
  for (let i = 0; i < worst.count; i += 2) {
    const own = memberLevel(control, worst.at[i]!, worst.at[i + 1]!);
    if (own > level) level = own;
  }
  const counted = gauge.counted;
  let at = 0;
  while (at < counted.count) {
    const members = counted.at[at + 3]!;
    let reached = 0;
    for (let k = 0; k < members; k++) {
      const member = at + 4 + 2 * k;
      if (memberLevel(control, counted.at[member]!, counted.at[member + 1]!) >= counted.at[at + 2]!) reached++;
    }
    if (reached >= counted.at[at + 1]! && counted.at[at]! > level) level = counted.at[at]!;
    at += 4 + 2 * members;
  }
  return level;
}

function memberLevel(control: Control, kind: i32, index: i32): i32 {
  return kind === 0 ? control.places[index]!.raised : control.gauges[index]!.raised;
}

function judgeResponses(run: Run, control: Control, now: f64): void {
  for (let i = 0; i < control.responseCount; i++) {
    const response = control.responses[i]!;
    response.called = isCalled(control, response);
  }
  // One that ends may let another one end that waited for it.
  let changed = true;
  while (changed) {
    changed = false;
    for (let i = 0; i < control.responseCount; i++) {
      if (judgeResponse(run, control, control.responses[i]!, now)) changed = true;
    }
  }
}

function isCalled(control: Control, response: Response): boolean {
  const calls = response.calls;
  for (let i = 0; i < calls.count; i += 4) {
    const kind = calls.at[i]!;
    const subject = calls.at[i + 1]!;
    if (kind === CALLED_BY_TRIGGER) {
      if (control.triggers[subject]!.phase === ACTIVE) return true;
      continue;
    }
    const level = kind === CALLED_BY_LEVEL ? control.places[subject]!.level : control.gauges[subject]!.level;
    const wanted = calls.at[i + 2]!;
    if (level === wanted || (level > wanted && calls.at[i + 3]! === 0)) return true;
  }
  return false;
}

/** Whether something about a response changed. */
function judgeResponse(run: Run, control: Control, response: Response, now: f64): boolean {
  const called = response.called;
  if (response.phase === AT_REST) {
    if (called && !response.spent) {
      putInForce(run, control, response, now);
      return true;
    }
    if (!called) response.spent = false;
    return false;
  }
  if (now >= response.since + response.atMost) {
    response.spent = called;
    takeOutOfForce(run, control, response, now);
    return true;
  }
  if (called) {
    response.phase = ACTIVE;
    return false;
  }
  if (response.phase !== RECOVERING) {
    response.phase = RECOVERING;
    response.calledUntil = now;
  }
  if (now < response.calledUntil + response.delay) return false;
  for (let i = 0; i < response.after.count; i++) {
    if (control.responses[response.after.at[i]!]!.phase !== AT_REST) return false;
  }
  takeOutOfForce(run, control, response, now);
  return true;
}

function putInForce(run: Run, control: Control, response: Response, now: f64): void {
  response.phase = ACTIVE;
  response.since = now;
  control.tell(now, TOLD_RESPONSE, response.index, 1);
  for (let i = 0; i < response.changes.count; i++) {
    const change = control.changes[response.changes.at[i]!]!;
    change.stamp++;
    if (change.lead > 0) control.timers.push(now + change.lead, TIMER_LEAD, change.index, change.stamp);
    else begin(run, change);
  }
}

function takeOutOfForce(run: Run, control: Control, response: Response, now: f64): void {
  response.phase = AT_REST;
  control.tell(now, TOLD_RESPONSE, response.index, 0);
  for (let i = 0; i < response.changes.count; i++) {
    const change = control.changes[response.changes.at[i]!]!;
    // What is still on its way is called off.
    change.stamp++;
    if (change.on) end(run, change);
  }
}
