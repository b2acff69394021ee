import { DoubleWriter } from './arrays.ts';
import { Control } from './control.ts';
import { quotient } from './platform.ts';
import { Run } from './run.ts';
import { OF_HANDOVER, OF_MOVE, Token, UNUSED, WAITING } from './tokens.ts';

/** Everything that a finished run has found, as doubles in the order in which src/engine/run-record.ts reads them. */
export function report(run: Run, to: DoubleWriter): void {
  to.clear();
  to.put(run.events);
  to.put(run.random.hasDrawn() ? 1 : 0);
  for (let i = 0; i < run.facilityCount; i++) run.facilities[i]!.report(to);
  for (let i = 0; i < run.jointCount; i++) run.joints[i]!.report(to);
  run.recorder.report(to);
  for (let i = 0; i < run.stockCount; i++) run.stocks[i]!.report(to);
  reportWaiting(run, to);
  const control = run.control;
  if (control !== null) reportControl(control, to);
}

/** People whom each change concerned, the time for which its units were there, and what the run told of itself. */
function reportControl(control: Control, to: DoubleWriter): void {
  for (let i = 0; i < control.changeCount; i++) to.put(control.changes[i]!.people);
  for (let i = 0; i < control.changeCount; i++) to.put(control.changes[i]!.unitTime);
  const told = control.told;
  to.put(quotient(told.count, 4));
  to.putAll(told.items, 0, told.count);
}

/**
 * Those who wait without a limit: how many requests; patient, class, time and amounts of each; how many grants those
 * patients keep; patient, pool and units of each.
 */
function reportWaiting(run: Run, to: DoubleWriter): void {
  const population = run.population;
  let waiting = 0;
  let grants = 0;
  for (let i = 0; i < population.tokenRoom; i++) {
    const token = population.tokens[i]!;
    token.patient.marked = false;
  }
  for (let i = 0; i < population.tokenRoom; i++) {
    const token = population.tokens[i]!;
    if (!waitsForGood(token)) continue;
    token.patient.marked = true;
    waiting++;
  }
  to.put(waiting);
  for (let i = 0; i < population.tokenRoom; i++) {
    const token = population.tokens[i]!;
    if (!waitsForGood(token)) continue;
    to.put(token.patient.index);
    to.put(token.requestClass);
    to.put(token.requestTime);
    const needs = run.classes[token.requestClass]!.needCount;
    for (let k = 0; k < needs; k++) to.put(population.amount[token.needs + k]!);
  }
  const place = to.count;
  to.put(0);
  for (let i = 0; i < population.tokenRoom; i++) {
    const token = population.tokens[i]!;
    if (token.state === UNUSED || !token.patient.marked) continue;
    for (let k = 0; k < population.sizes.slots; k++) {
      let grant = population.kept(token, k);
      while (grant !== null) {
        to.put(token.patient.index);
        to.put(grant.pool.index);
        to.put(grant.units);
        grants++;
        grant = grant.next;
      }
    }
  }
  to.items[place] = grants;
}

function waitsForGood(token: Token): boolean {
  if (token.role === OF_MOVE || token.role === OF_HANDOVER) return false;
  return token.state === WAITING && token.givesUp === Infinity;
}
