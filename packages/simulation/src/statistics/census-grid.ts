import type { SimulationInput } from '../input/types.js';

/** Hours of a week. */
export const HOURS = 168;

/** The edges in time at which a census is booked: ticks, slots of the series, and hours of the week. */
export interface CensusGrid {
  /** Seconds of a tick. */
  readonly tick: number;
  readonly ticks: number;
  readonly ticksPerSlot: number;
  readonly slots: number;
  /** Whether the window is long enough for a census by hour of the week. */
  readonly weekly: boolean;
  /** Hour of the week (0 = Monday 00:00 local) in which each tick begins. */
  readonly hours: Int16Array;
  /** Seconds that the window has in each hour of the week; 0 for windows under a week. */
  readonly hourTime: Float64Array;
}

const grids = new WeakMap<SimulationInput, CensusGrid>();

/** Ticks of 15 minutes for windows up to two days, else of at most an hour; at most 192 slots. Worked out once for each input. */
export function censusGrid(input: SimulationInput): CensusGrid {
  const known = grids.get(input);
  if (known !== undefined) return known;
  const grid = gridOf(input);
  grids.set(input, grid);
  return grid;
}

function gridOf(input: SimulationInput): CensusGrid {
  const weekly = input.run >= 7 * 86_400;
  const tick = weekly ? weeklyTick(input) : input.run <= 2 * 86_400 ? 900 : 3600;
  const ticks = Math.max(1, Math.ceil(input.run / tick - 1e-9));
  const ticksPerSlot = Math.max(1, Math.ceil(ticks / 192));
  const hours = new Int16Array(ticks);
  const hourTime = new Float64Array(HOURS);
  const { week } = input;
  // Anchors are in the order of time, and so are ticks: one walk along both.
  let next = 1;
  let anchor = week[0] ?? { at: 0, hour: 0 };
  for (let i = 0; i < ticks; i++) {
    const time = input.warmUp + i * tick;
    for (let after = week[next]; after !== undefined && after.at <= time; after = week[++next]) anchor = after;
    const hour = Math.floor(anchor.hour + (time - anchor.at) / 3600 + 1e-9);
    const ofWeek = ((hour % HOURS) + HOURS) % HOURS;
    hours[i] = ofWeek;
    if (weekly) hourTime[ofWeek] = hourTime[ofWeek]! + Math.min(tick, input.run - i * tick);
  }
  return { tick, ticks, ticksPerSlot, slots: Math.ceil(ticks / ticksPerSlot), weekly, hours, hourTime };
}

/**
 * The longest tick with which the hours of the week begin where ticks do, also in a window that begins within an hour; an hour
 * where none does. All batches of a long run have the same, as it divides their length too.
 */
function weeklyTick({ week, warmUp, run }: SimulationInput): number {
  const { at, hour } = week.findLast((anchor) => anchor.at <= warmUp) ?? { at: 0, hour: 0 };
  const sinceMonday = hour * 3600 + (warmUp - at);
  const divides = (time: number, tick: number): boolean => Math.abs(time - Math.round(time / tick) * tick) < 1e-3;
  return [3600, 1800, 900, 300].find((tick) => divides(sinceMonday, tick) && divides(run, tick)) ?? 3600;
}
