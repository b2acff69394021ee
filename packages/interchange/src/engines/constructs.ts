/** Simulation engines that programs are written for. */
export const ENGINES = ['simpy', 'ciw', 'simmer', 'prosimos'] as const;
export type Engine = (typeof ENGINES)[number];

/**
 * How an engine's program says a construct: as it is meant; as it is meant, but some figure is not printed, which is told;
 * not, but with `--partial` the program is written with something else instead, which is told; or not at all, so that no
 * program is written.
 */
export type Support =
  | 'said'
  /** Said where this is so; else refused, or said otherwise, which is told. */
  | { readonly where: string }
  | { readonly unshown: string }
  | { readonly instead: string }
  | 'refused';

const said = 'said';
const refused = 'refused';
const instead = (text: string): Support => ({ instead: text });
const where = (text: string): Support => ({ where: text });
const NOT_PRINTED: Support = { unshown: 'not printed' };

const NO_CHANGE = instead('left out: everything goes as on any other day');

const TABLE = {
  'arrivals with times between them': { simpy: said, ciw: said, simmer: said, prosimos: where('a law that it has') },
  'arrivals at a rate that changes': {
    simpy: said,
    ciw: said,
    simmer: said,
    prosimos: instead('the mean rate, day and night'),
  },
  'arrivals at given times': { simpy: said, ciw: said, simmer: said, prosimos: refused },
  'arrivals in groups': { simpy: said, ciw: said, simmer: said, prosimos: refused },
  appointments: { simpy: said, ciw: said, simmer: said, prosimos: refused },
  'several cohorts': { simpy: said, ciw: said, simmer: said, prosimos: where('constant rates') },
  'patients at the start': {
    simpy: said,
    ciw: instead('begins empty'),
    simmer: instead('begins empty'),
    prosimos: instead('begins empty'),
  },
  'later entries': { simpy: said, ciw: said, simmer: refused, prosimos: said },
  attributes: { simpy: said, ciw: said, simmer: said, prosimos: said },
  'numbers in attributes': { simpy: said, ciw: said, simmer: said, prosimos: where('a law that it has') },
  'attributes of records': { simpy: said, ciw: said, simmer: said, prosimos: refused },
  set: { simpy: said, ciw: said, simmer: said, prosimos: refused },
  'capacity that changes': {
    simpy: said,
    ciw: said,
    simmer: said,
    prosimos: instead('the same every week; work rests while its unit is away'),
  },
  breakdowns: {
    simpy: said,
    ciw: instead('nothing breaks down'),
    simmer: instead('nothing breaks down'),
    prosimos: instead('nothing breaks down'),
  },
  conversions: {
    simpy: instead('nothing is converted'),
    ciw: instead('nothing is converted'),
    simmer: instead('nothing is converted'),
    prosimos: instead('nothing is converted'),
  },
  stocks: { simpy: said, ciw: refused, simmer: refused, prosimos: refused },
  'several things at once': { simpy: said, ciw: refused, simmer: refused, prosimos: refused },
  'more than one unit': { simpy: said, ciw: refused, simmer: said, prosimos: refused },
  'alternatives and skills': {
    simpy: said,
    ciw: refused,
    simmer: refused,
    prosimos: instead('whoever is free first, in no order of preference'),
  },
  'amounts that vary': { simpy: said, ciw: refused, simmer: refused, prosimos: refused },
  priority: {
    simpy: said,
    ciw: said,
    simmer: said,
    prosimos: instead('who comes first goes the whole way before the others are looked at'),
  },
  'priority that varies': {
    simpy: said,
    ciw: said,
    simmer: said,
    prosimos: instead('levels by cohort and attribute alone'),
  },
  'priority that grows with waiting': {
    simpy: said,
    ciw: said,
    simmer: instead('counted as without waiting'),
    prosimos: instead('levels by cohort and attribute alone'),
  },
  'priority drawn anew while waiting': {
    simpy: instead('drawn anew whenever it is looked at'),
    ciw: instead('drawn anew whenever it is looked at'),
    simmer: instead('drawn once, as without waiting'),
    prosimos: instead('levels by cohort and attribute alone'),
  },
  patience: { simpy: said, ciw: said, simmer: said, prosimos: instead('everybody waits as long as it takes') },
  'patience for more than one unit': {
    simpy: said,
    ciw: refused,
    simmer: instead('who waits behind goes on waiting until something is given back'),
    prosimos: refused,
  },
  'pre-emption': {
    simpy: instead('waits like others'),
    ciw: instead('waits like others'),
    simmer: instead('waits like others'),
    prosimos: instead('waits like others'),
  },
  'interruption and handing over': {
    simpy: instead('begun work is finished by who began it'),
    ciw: instead('begun work is finished by who began it'),
    simmer: instead('begun work is finished by who began it'),
    prosimos: instead('begun work is finished by who began it'),
  },
  'fits the shift': {
    simpy: instead('whoever is on duty begins'),
    ciw: instead('whoever is on duty begins'),
    simmer: instead('whoever is on duty begins'),
    prosimos: instead('whoever is on duty begins'),
  },
  holds: {
    simpy: said,
    ciw: said,
    simmer: said,
    prosimos: where('one step that needs nothing else, or as much as anybody wants'),
  },
  'units kept until the next hold': {
    simpy: said,
    ciw: said,
    simmer: said,
    prosimos: instead('given back before the next one is asked for'),
  },
  'asking while something is kept': { simpy: said, ciw: refused, simmer: said, prosimos: refused },
  'patience beside kept units': {
    simpy: said,
    ciw: refused,
    simmer: said,
    prosimos: instead('everybody waits as long as it takes'),
  },
  'moves to': {
    simpy: instead('stays where it is'),
    ciw: instead('stays where it is'),
    simmer: instead('stays where it is'),
    prosimos: instead('stays where it is'),
  },
  'first free': { simpy: said, ciw: refused, simmer: refused, prosimos: refused },
  'least busy': { simpy: said, ciw: said, simmer: said, prosimos: refused },
  'choice by shares': { simpy: said, ciw: said, simmer: said, prosimos: said },
  'choice by attribute': { simpy: said, ciw: said, simmer: said, prosimos: said },
  'choice by condition': { simpy: said, ciw: said, simmer: said, prosimos: where('attributes alone') },
  'shares that vary': { simpy: said, ciw: said, simmer: said, prosimos: refused },
  together: { simpy: said, ciw: refused, simmer: said, prosimos: where('nobody leaves in a branch') },
  race: { simpy: said, ciw: refused, simmer: refused, prosimos: refused },
  gather: {
    simpy: said,
    ciw: refused,
    simmer: refused,
    prosimos: where('a fixed size, first of all, and one step of a fixed time'),
  },
  'gather in a branch': { simpy: refused, ciw: refused, simmer: refused, prosimos: refused },
  repeat: { simpy: said, ciw: said, simmer: said, prosimos: where('a known number, or until chance ends it') },
  'go to into the midst': { simpy: said, ciw: said, simmer: refused, prosimos: said },
  'release in a branch': { simpy: said, ciw: said, simmer: refused, prosimos: refused },
  'wait until a time': { simpy: said, ciw: said, simmer: said, prosimos: refused },
  'costs of steps': { simpy: said, ciw: said, simmer: NOT_PRINTED, prosimos: NOT_PRINTED },
  'times that depend on the patient': { simpy: said, ciw: said, simmer: said, prosimos: where('each case has a law') },
  'times that are reckoned': { simpy: said, ciw: said, simmer: said, prosimos: where('sums and multiples of laws') },
  'times of one law': { simpy: said, ciw: said, simmer: said, prosimos: where('a law that it has') },
  'state of the system': { simpy: said, ciw: said, simmer: said, prosimos: refused },
  'queue at a step or hold': { simpy: refused, ciw: refused, simmer: refused, prosimos: refused },
  'since and waited': { simpy: said, ciw: said, simmer: said, prosimos: refused },
  'crises and responses': { simpy: NO_CHANGE, ciw: NO_CHANGE, simmer: NO_CHANGE, prosimos: NO_CHANGE },
  'indicators of times and waits': { simpy: said, ciw: said, simmer: said, prosimos: NOT_PRINTED },
  'indicators as formulas': { simpy: said, ciw: said, simmer: NOT_PRINTED, prosimos: NOT_PRINTED },
  'costs and shares of time as figures': {
    simpy: NOT_PRINTED,
    ciw: NOT_PRINTED,
    simmer: NOT_PRINTED,
    prosimos: NOT_PRINTED,
  },
} satisfies Readonly<Record<string, Readonly<Record<Engine, Support>>>>;

export type Construct = keyof typeof TABLE;

/** For each construct of a simulation input what each engine's program says of it. */
export const CONSTRUCTS: Readonly<Record<Construct, Readonly<Record<Engine, Support>>>> = TABLE;
