/**
 * What a change is about, from what must be looked at first to what only reads differently. `safety`: a check, handover,
 * essential step, time target or supervision; `flow`: the way through care; `evidence`: what is measured and why.
 */
export type Rank = 'safety' | 'flow' | 'staff' | 'capacity' | 'demand' | 'evidence' | 'wording';
export const RANKS: readonly Rank[] = ['safety', 'flow', 'staff', 'capacity', 'demand', 'evidence', 'wording'];

interface Words {
  readonly word: string;
  readonly rank?: Rank;
}

/** Words for properties, by `kind.property` or by the property alone. A word is the language's own where it has one. */
const WORDS: Readonly<Record<string, Words>> = {
  // every declaration and activity
  name: { word: 'name', rank: 'wording' },
  title: { word: 'title', rank: 'wording' },
  sources: { word: 'source', rank: 'evidence' },
  label: { word: 'label', rank: 'wording' },
  text: { word: 'text', rank: 'wording' },
  note: { word: 'note', rank: 'wording' },
  codes: { word: 'code', rank: 'wording' },
  // sources and places
  url: { word: 'url', rank: 'evidence' },
  date: { word: 'date', rank: 'evidence' },
  grade: { word: 'grade', rank: 'evidence' },
  population: { word: 'population', rank: 'demand' },
  timezone: { word: 'timezone', rank: 'demand' },
  holidays: { word: 'holidays', rank: 'demand' },
  holidayDates: { word: 'holidays on', rank: 'demand' },
  speed: { word: 'speed', rank: 'flow' },
  legs: { word: 'ways', rank: 'flow' },
  entrypoints: { word: 'entrypoint', rank: 'flow' },
  sector: { word: 'sector', rank: 'wording' },
  territory: { word: 'territory', rank: 'flow' },
  partOf: { word: 'part of', rank: 'flow' },
  contact: { word: 'contact', rank: 'wording' },
  // people
  levels: { word: 'levels', rank: 'staff' },
  trainableIn: { word: 'trainable in', rank: 'staff' },
  skills: { word: 'has', rank: 'staff' },
  skill: { word: 'skill', rank: 'staff' },
  level: { word: 'level', rank: 'staff' },
  role: { word: 'role', rank: 'staff' },
  headcount: { word: 'headcount', rank: 'staff' },
  people: { word: 'people', rank: 'staff' },
  contract: { word: 'contract', rank: 'staff' },
  shifts: { word: 'works', rank: 'staff' },
  onDuty: { word: 'on duty', rank: 'staff' },
  absence: { word: 'absent', rank: 'staff' },
  leave: { word: 'leave', rank: 'staff' },
  supportShares: { word: 'support', rank: 'staff' },
  'role.cost': { word: 'cost', rank: 'staff' },
  'staff.organisation': { word: 'at', rank: 'staff' },
  'shift.from': { word: 'begins', rank: 'staff' },
  'shift.to': { word: 'ends', rank: 'staff' },
  'shift.days': { word: 'on', rank: 'staff' },
  perYear: { word: 'per year', rank: 'staff' },
  // resources and numbers
  resourceKind: { word: 'kind', rank: 'capacity' },
  count: { word: 'count', rank: 'capacity' },
  breakdown: { word: 'down', rank: 'capacity' },
  cost: { word: 'cost', rank: 'capacity' },
  'resource.organisation': { word: 'at', rank: 'capacity' },
  unit: { word: 'unit', rank: 'wording' },
  'stock.level': { word: 'count', rank: 'capacity' },
  'stock.organisation': { word: 'at', rank: 'capacity' },
  most: { word: 'at most', rank: 'capacity' },
  deliveries: { word: 'delivery', rank: 'capacity' },
  'number.value': { word: 'value', rank: 'demand' },
  // cohorts
  arrivals: { word: 'arrives', rank: 'demand' },
  attributes: { word: 'attributes', rank: 'demand' },
  'attribute.value': { word: 'value', rank: 'demand' },
  categories: { word: 'categories', rank: 'demand' },
  'cohort.priority': { word: 'priority', rank: 'flow' },
  // flow
  cohorts: { word: 'for', rank: 'flow' },
  owner: { word: 'owner', rank: 'flow' },
  essential: { word: 'essential', rank: 'safety' },
  body: { word: 'steps', rank: 'flow' },
  organisation: { word: 'at', rank: 'flow' },
  needs: { word: 'needs', rank: 'staff' },
  'hold.needs': { word: 'keeps', rank: 'capacity' },
  consumes: { word: 'consumes', rank: 'capacity' },
  takes: { word: 'takes', rank: 'flow' },
  within: { word: 'within', rank: 'safety' },
  costs: { word: 'costs', rank: 'capacity' },
  when: { word: 'when', rank: 'flow' },
  'branch.when': { word: 'share or condition', rank: 'flow' },
  priority: { word: 'priority', rank: 'flow' },
  waits: { word: 'waits', rank: 'flow' },
  handover: { word: 'handover', rank: 'safety' },
  dependsOn: { word: 'depends on', rank: 'capacity' },
  remote: { word: 'remote', rank: 'flow' },
  policy: { word: 'takes which', rank: 'capacity' },
  otherwise: { word: 'else', rank: 'flow' },
  freesFirst: { word: 'frees first', rank: 'capacity' },
  interruption: { word: 'interruptible', rank: 'flow' },
  preempts: { word: 'preempts', rank: 'flow' },
  fitsShift: { word: 'fits the shift', rank: 'staff' },
  handedOver: { word: 'may be handed over', rank: 'staff' },
  moves: { word: 'moves to', rank: 'capacity' },
  size: { word: 'gathers', rank: 'flow' },
  after: { word: 'after', rank: 'flow' },
  duration: { word: 'waits for', rank: 'flow' },
  'set.attribute': { word: 'sets', rank: 'flow' },
  'set.value': { word: 'to', rank: 'flow' },
  targets: { word: 'releases', rank: 'capacity' },
  hold: { word: 'of the hold', rank: 'flow' },
  'choose.by': { word: 'decides by', rank: 'flow' },
  attribute: { word: 'by', rank: 'flow' },
  branches: { word: 'branches', rank: 'flow' },
  times: { word: 'times', rank: 'flow' },
  atMost: { word: 'at most', rank: 'flow' },
  until: { word: 'until', rank: 'flow' },
  again: { word: 'again with', rank: 'flow' },
  every: { word: 'every', rank: 'flow' },
  to: { word: 'to', rank: 'flow' },
  pathway: { word: 'pathway', rank: 'flow' },
  outcome: { word: 'outcome', rank: 'flow' },
  // measures
  measure: { word: 'measures', rank: 'evidence' },
  aim: { word: 'aim', rank: 'evidence' },
  by: { word: 'by', rank: 'evidence' },
  table: { word: 'for each', rank: 'evidence' },
  dimension: { word: 'dimension', rank: 'evidence' },
  percentage: { word: 'as a percentage', rank: 'evidence' },
  indicator: { word: 'indicator', rank: 'safety' },
  statistic: { word: 'statistic', rank: 'safety' },
  argument: { word: 'argument', rank: 'safety' },
  operator: { word: 'comparison', rank: 'safety' },
  limit: { word: 'limit', rank: 'safety' },
  'expectation.scenarios': { word: 'in', rank: 'safety' },
  // scenarios and studies
  basedOn: { word: 'based on', rank: 'evidence' },
  overrides: { word: 'settings', rank: 'evidence' },
  conversions: { word: 'converts', rank: 'capacity' },
  'conversion.amount': { word: 'converts', rank: 'capacity' },
  'conversion.resource': { word: 'from', rank: 'capacity' },
  'conversion.target': { word: 'to', rank: 'capacity' },
  'conversion.begins': { word: 'from', rank: 'capacity' },
  'conversion.ends': { word: 'until', rank: 'capacity' },
  'conversion.lasts': { word: 'for', rank: 'capacity' },
  target: { word: 'sets', rank: 'evidence' },
  value: { word: 'to', rank: 'evidence' },
  scenarios: { word: 'compares', rank: 'evidence' },
  start: { word: 'from', rank: 'evidence' },
  run: { word: 'run', rank: 'evidence' },
  warmUp: { word: 'warm-up', rank: 'evidence' },
  replications: { word: 'replicate', rank: 'evidence' },
  uncertainty: { word: 'uncertain', rank: 'evidence' },
  automaticWarmUp: { word: 'automatic warm-up', rank: 'evidence' },
  varied: { word: 'vary', rank: 'evidence' },
  ranking: { word: 'rank by', rank: 'evidence' },
  sensitivities: { word: 'sensitivity', rank: 'evidence' },
  find: { word: 'find', rank: 'evidence' },
  present: { word: 'begins with', rank: 'evidence' },
  seed: { word: 'seed', rank: 'evidence' },
  indicators: { word: 'measure', rank: 'evidence' },
  pathways: { word: 'of', rank: 'evidence' },
  languageVersion: { word: 'language', rank: 'wording' },
};

/** What a change of a whole element is about, where its kind says so. */
const RANK_OF_KIND: Readonly<Record<string, Rank>> = {
  source: 'evidence',
  territory: 'demand',
  organisation: 'flow',
  skill: 'staff',
  role: 'staff',
  shift: 'staff',
  staff: 'staff',
  person: 'staff',
  resource: 'capacity',
  stock: 'capacity',
  travel: 'flow',
  number: 'demand',
  cohort: 'demand',
  attribute: 'demand',
  indicator: 'evidence',
  expectation: 'safety',
  scenario: 'evidence',
  setting: 'evidence',
  conversion: 'capacity',
  study: 'evidence',
  crisis: 'demand',
  response: 'safety',
  trigger: 'safety',
};

/** Whether the table above has words for a property of a kind. */
export function hasWords(kind: string, property: string): boolean {
  return Object.hasOwn(WORDS, `${kind}.${property}`) || Object.hasOwn(WORDS, property);
}

/** The word for a property; one without an entry is told by its own name: `bedsPerWard` is `beds per ward`. */
export function wordOf(kind: string, property: string): string {
  const found = WORDS[`${kind}.${property}`] ?? WORDS[property];
  return found?.word ?? property.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** What a change of a property is about by itself. */
export function rankOfProperty(kind: string, property: string): Rank {
  const found = WORDS[`${kind}.${property}`] ?? WORDS[property];
  return found?.rank ?? RANK_OF_KIND[kind] ?? 'flow';
}

/** What adding or removing an element of a kind is about by itself. */
export function rankOfKind(kind: string): Rank {
  return RANK_OF_KIND[kind] ?? 'flow';
}
