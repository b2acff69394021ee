import { type Agreement, type Model, titleOf } from '@pathway/model';
import { periodOf } from '../arrival-rate.js';
import { handovers, withoutReceiver } from '../checks/handovers-have-receivers.js';
import { areOneHouse } from '../organisations.js';
import { placeOf } from '../stations.js';
import { agreementsOn } from './agreements.js';
import { type Break, breaksOf } from './breaks.js';
import { crossingsOf } from './crossings.js';

/** What is missing where patients pass from one organisation to another. */
export type MissingLink = Break['kind'] | 'not agreed' | 'no way back' | 'no receiver';

/** Patients who pass from one organisation to another, on whatever pathways. */
export interface PatientFlow {
  readonly from: string;
  readonly to: string;
  /** Titles of the last step before and the first after, each pair once. */
  readonly passes: readonly { readonly from: string; readonly to: string }[];
  /** How patients are handed over, as the text says it. */
  readonly channels: readonly string[];
  /** Ids of the agreements that cover a handover. */
  readonly agreements: readonly Agreement['id'][];
  /** Each once, in the order in which it was found. */
  readonly missing: readonly MissingLink[];
}

/**
 * Who passes patients to whom, how, under which agreements, and what is missing: what `pathway check` tells one by one, for
 * each two organisations together. In the order of the text.
 */
export function patientFlowsOf(model: Model): readonly PatientFlow[] {
  const flows = new FlowTable();
  for (const { from, to } of crossingsOf(model))
    flows.at(from.organisation, to.organisation).pass(titleOf(from.step), titleOf(to.step));
  for (const { pathway, step, handover } of handovers(model)) {
    const from = placeOf(step, pathway);
    if (from === undefined) continue;
    const unreceived = withoutReceiver(pathway, step, model);
    for (const to of handover.to.filter((each) => !areOneHouse(from, each, model))) {
      const flow = flows.at(from, to);
      flow.channel(handover.by);
      const agreements = agreementsOn({ pathway, step, from, to }, model);
      flow.agreed(agreements.map(({ id }) => id));
      if (agreements.length === 0) flow.lacks('not agreed');
      if (handover.returns === undefined) flow.lacks('no way back');
      if (unreceived.includes(to)) flow.lacks('no receiver');
    }
  }
  const { calendar } = periodOf(model, undefined);
  for (const { kind, crossing } of breaksOf(model, calendar))
    flows.at(crossing.from.organisation, crossing.to.organisation).lacks(kind);
  return flows.all();
}

class FlowTable {
  readonly #flows = new Map<string, FlowBuilder>();

  at(from: string, to: string): FlowBuilder {
    const key = `${from}\u0000${to}`;
    const flow = this.#flows.get(key) ?? new FlowBuilder(from, to);
    this.#flows.set(key, flow);
    return flow;
  }

  all(): readonly PatientFlow[] {
    return Array.from(this.#flows.values(), (flow) => flow.finished());
  }
}

class FlowBuilder {
  readonly #passes = new Map<string, { readonly from: string; readonly to: string }>();
  readonly #channels = new Set<string>();
  readonly #agreements = new Set<string>();
  readonly #missing = new Set<MissingLink>();

  constructor(
    readonly from: string,
    readonly to: string,
  ) {}

  pass(from: string, to: string): void {
    this.#passes.set(`${from}\u0000${to}`, { from, to });
  }

  channel(by: readonly string[]): void {
    for (const each of by) this.#channels.add(each);
  }

  agreed(agreements: readonly string[]): void {
    for (const each of agreements) this.#agreements.add(each);
  }

  lacks(what: MissingLink): void {
    this.#missing.add(what);
  }

  finished(): PatientFlow {
    return {
      from: this.from,
      to: this.to,
      passes: [...this.#passes.values()],
      channels: [...this.#channels],
      agreements: [...this.#agreements],
      missing: [...this.#missing],
    };
  }
}
