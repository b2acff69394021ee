import type { SimulationInput } from '@pathway/simulation';
import type { Construct } from '../constructs.js';
import { UnsaidError } from './conditions.js';

/** What a scenario for Prosimos cannot say, or says otherwise, beyond what is known of each construct. */
export class Findings {
  readonly refused: string[] = [];
  readonly otherwise: string[] = [];

  constructor(readonly input: SimulationInput) {}

  /** A place in the text: an activity, a cohort, a facility. */
  place(of: { readonly title: string; readonly origin: string } | undefined): string {
    if (of === undefined) return '';
    return of.origin === '' ? of.title : `${of.title} (${of.origin})`;
  }

  activity(index: number): string {
    return this.place(this.input.activities[index]);
  }

  refuse(construct: Construct, place: string, why: string): void {
    add(this.refused, `${construct}: ${place} — ${why}`);
  }

  say(construct: Construct, place: string, what: string): void {
    add(this.otherwise, `${construct}: ${place} — ${what}`);
  }

  /** What a part is, or undefined where it cannot be said, which is noted. */
  attempt<T>(construct: Construct, place: string, part: () => T): T | undefined {
    try {
      return part();
    } catch (error) {
      if (!(error instanceof UnsaidError)) throw error;
      this.refuse(construct, place, `Prosimos has no ${error.message}`);
      return undefined;
    }
  }
}

function add(list: string[], line: string): void {
  if (!list.includes(line)) list.push(line);
}
