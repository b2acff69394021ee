import type { Declaration } from '../elements.js';
import type { Expression } from '../expression.js';
import type { Origin } from '../origin.js';

export type NeededKind = 'organisation' | 'role' | 'resource' | 'number' | 'agreement';

/** What a place has to have. `name` is what the template calls it; a number of `default` may be left as it is. */
export type TemplateNeed =
  | {
      readonly kind: NeededKind;
      readonly name: string;
      /** Id of the element of the template that stands for it. */
      readonly element: string;
      /** False where a deployment has to say it; numbers have defaults, agreements are found between the parties. */
      readonly optional: boolean;
      readonly origin: Origin;
    }
  | {
      readonly kind: 'maturity';
      readonly name: string;
      /** Id of the dimension of an instrument. */
      readonly dimension: string;
      readonly points: number;
      readonly origin: Origin;
    };

export type NeededElement = Exclude<TemplateNeed, { readonly kind: 'maturity' }>;

/** A template made real in a territory. Its pathway, and what else speaks of the template, are in the model's lists. */
export interface Deployment extends Declaration {
  readonly template: string;
  readonly territory: string;
  /** Id of the pathway that it brings about: the template's own, or the name after `as`. */
  readonly pathway: string;
  readonly bindings: readonly Binding[];
}

export interface Binding {
  /** Id of the element of the template. */
  readonly need: string;
  /** What stands for it here: an element by its id, or the value of a number. */
  readonly to:
    | { readonly kind: 'element'; readonly element: string }
    | { readonly kind: 'value'; readonly value: Expression; readonly sources?: readonly string[] };
  readonly origin: Origin;
}

/** Where templates have been used, what came of it and what was learned. Dates are ISO dates. */
export interface Usage extends Declaration {
  /** Ids of the templates. */
  readonly templates: readonly string[];
  readonly from?: string;
  /** The first day on which it was used no longer. */
  readonly until?: string;
  readonly results: readonly Finding[];
  readonly lessons: readonly Finding[];
  readonly url?: string;
  readonly note?: string;
}

/** A sentence, and where it comes from. */
export interface Finding {
  readonly text: string;
  /** Ids of the sources that say so, where any does. */
  readonly sources?: readonly string[];
  readonly origin: Origin;
}
