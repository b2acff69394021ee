import { IntList } from './arrays.ts';
import { Doubles, Table } from './platform.ts';
import { Grant, Pool } from './pools.ts';
import { f64, i32 } from './scalars.ts';

/** People who may stand in for those of a role, as far as others supervise them. */
export class Allowance {
  readonly index: i32;
  /** The change that allows it, and the level from which on; `places` are those of which one must have it, none for always. */
  readonly change: i32;
  readonly places: IntList;
  readonly level: i32;
  /** Pools of those who may stand in. */
  readonly count: i32;
  readonly pools: Table<Pool>;
  /** So many of these pools supervise each so many who stand in; 0 for nobody. */
  readonly supervisors: i32;
  readonly per: i32;
  readonly bossCount: i32;
  readonly bosses: Table<Pool>;
  /** Whether those who supervise are of the role that others stand in for. */
  readonly leads: boolean;
  /** Work that they do in a time, of what those do whom they stand in for. */
  readonly speed: f64;
  open: boolean = false;
  /** How many stand in at present, and how many supervise them; one record for each of these. */
  working: i32 = 0;
  bound: i32 = 0;
  supervising: Grant | null = null;
  /** As many more in the request that is looked at. */
  planned: i32 = 0;
  plannedBound: i32 = 0;

  constructor(
    index: i32,
    change: i32,
    places: IntList,
    level: i32,
    count: i32,
    pools: Table<Pool>,
    supervisors: i32,
    per: i32,
    bossCount: i32,
    bosses: Table<Pool>,
    leads: boolean,
    speed: f64,
  ) {
    this.index = index;
    this.change = change;
    this.places = places;
    this.level = level;
    this.count = count;
    this.pools = pools;
    this.supervisors = supervisors;
    this.per = per;
    this.bossCount = bossCount;
    this.bosses = bosses;
    this.leads = leads;
    this.speed = speed;
  }

  /** How many have to supervise so many. */
  needed(standing: i32): i32 {
    if (this.supervisors === 0) return 0;
    let groups = 0;
    for (let left = standing; left > 0; left -= this.per) groups++;
    return groups * this.supervisors;
  }
}

/** Who must be on duty for units of a resource in use, by level. */
export class Team {
  /** Where the level is; the highest counts. */
  readonly places: IntList;
  readonly lineCount: i32;
  /** For each line its level, the units that one team looks after, and how many kinds of people it has. */
  readonly levels: IntList;
  readonly per: Doubles;
  readonly memberCounts: IntList;
  /** For each member of each line how many, and how many pools they are of; the pools one after the other. */
  readonly amounts: Doubles;
  readonly poolCounts: IntList;
  readonly pools: Table<Pool>;

  constructor(
    places: IntList,
    lineCount: i32,
    levels: IntList,
    per: Doubles,
    memberCounts: IntList,
    amounts: Doubles,
    poolCounts: IntList,
    pools: Table<Pool>,
  ) {
    this.places = places;
    this.lineCount = lineCount;
    this.levels = levels;
    this.per = per;
    this.memberCounts = memberCounts;
    this.amounts = amounts;
    this.poolCounts = poolCounts;
    this.pools = pools;
  }
}
