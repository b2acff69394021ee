import { type Activity, type Model, type Pathway, titleOf } from '@pathway/model';
import type { FlowNet, Move } from './flow-net.js';

/**
 * The flow of a pathway as `docs/semantics.md` says it, with every choice by chance: its labels are the titles of steps, named waits
 * and called pathways, and outcomes. Each place at which a cohort enters is a way to begin.
 * @throws Error for what an import of another tool's file never writes
 */
export function pathwayNet(model: Model, pathway: Pathway): FlowNet {
  return new NetOfPathway(model).net(pathway);
}

/** Where `finish` leads, and what goes before the places of a block that is written out several times. */
interface Around {
  readonly left: string;
  /** A second token that remembers that somebody has left in a branch. */
  readonly leaving?: string;
  readonly copy: string;
}

class NetOfPathway {
  private readonly moves: Move[] = [];
  private places = 0;

  constructor(private readonly model: Model) {}

  net({ body, cohorts }: Pathway): FlowNet {
    const [first, end] = [this.place(), this.place()];
    this.sequence(body, first, end, { left: end, copy: '' });
    this.moves.push({ takes: [end], puts: [] });
    const entries = cohorts.map(({ entry }) => (entry === undefined ? first : `begin ${entry}`));
    return { starts: (entries.length === 0 ? [first] : entries).map((place) => [place]), moves: this.moves };
  }

  private place(): string {
    return `p${++this.places}`;
  }

  private go(from: string, to: string, label?: string): void {
    this.moves.push({ takes: [from], puts: [to], ...(label !== undefined && { label }) });
  }

  private sequence(body: readonly Activity[], from: string, to: string, around: Around): void {
    const places = body.map(({ id }) => `begin ${around.copy}${id}`);
    this.go(from, places[0] ?? to);
    body.forEach((activity, index) => {
      this.activity(activity, places[index] ?? to, places[index + 1] ?? to, around);
    });
  }

  private activity(activity: Activity, from: string, to: string, around: Around): void {
    switch (activity.kind) {
      case 'step': {
        this.go(from, to, titleOf(activity));
        return;
      }
      case 'wait': {
        this.go(from, to, activity.title);
        return;
      }
      case 'call': {
        const called = this.model.pathways.find(({ id }) => id === activity.pathway);
        this.go(from, to, called === undefined ? activity.pathway : titleOf(called));
        return;
      }
      case 'choose': {
        for (const { body } of activity.branches) this.sequence(body, from, to, around);
        if (!activity.branches.some(({ when }) => when.kind === 'otherwise')) this.go(from, to);
        return;
      }
      case 'together': {
        this.together(
          activity.branches.map(({ body }) => body),
          from,
          to,
          around,
        );
        return;
      }
      case 'repeat': {
        const rounds = activity.times?.kind === 'number' ? activity.times.value : undefined;
        if (rounds === undefined) {
          const done = this.place();
          this.sequence(activity.body, from, done, around);
          this.go(done, from);
          this.go(done, to);
          return;
        }
        let at = from;
        for (let round = 1; round <= rounds; round++) {
          const next = round === rounds ? to : this.place();
          this.sequence(activity.body, at, next, { ...around, copy: `${around.copy}${round} ` });
          at = next;
        }
        return;
      }
      case 'finish': {
        const puts = around.leaving === undefined ? [around.left] : [around.left, around.leaving];
        this.moves.push({
          takes: [from],
          puts,
          label: `finish ${activity.title ?? activity.outcome.replace(/^.*\./, '')}`,
        });
        return;
      }
      case 'go to': {
        if (around.copy !== '') throw new Error('`go to` in counted rounds is in no file of another tool');
        this.go(from, `begin ${activity.to}`);
        return;
      }
      default:
        throw new Error(`${activity.kind} is in no file of another tool`);
    }
  }

  /** All branches; whoever has left in one leaves when all have ended. */
  private together(branches: readonly (readonly Activity[])[], from: string, to: string, around: Around): void {
    const [leaving, all] = [this.place(), this.place()];
    const [begins, ends] = [branches.map(() => this.place()), branches.map(() => this.place())];
    this.moves.push({ takes: [from], puts: begins });
    branches.forEach((body, index) => {
      const left = ends[index] ?? to;
      this.sequence(body, begins[index] ?? from, left, { ...around, left, leaving });
    });
    this.moves.push({ takes: ends, puts: [all] });
    this.moves.push({ takes: [all], puts: [to], unless: new Set([leaving]) });
    const out = this.place();
    this.moves.push({ takes: [all, leaving], puts: [out] });
    this.moves.push({ takes: [out, leaving], puts: [out] });
    const puts = around.leaving === undefined ? [around.left] : [around.left, around.leaving];
    this.moves.push({ takes: [out], puts, unless: new Set([leaving]) });
  }
}
