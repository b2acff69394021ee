import { i32 } from './scalars.ts';

/** Why a run cannot go on; each with what its numbers say. faults.ts of src/engine makes sentences of them. */
export const FAULT_NONE: i32 = 0;
/** Too many things happen at one instant: word of the instruction of a token that does not come to rest, or -1. */
export const FAULT_ENDLESS: i32 = 1;
/** Too many arrivals at one instant: cohort. */
export const FAULT_ENDLESS_ARRIVALS: i32 = 2;
/** More patients than may be on their way at once. */
export const FAULT_PATIENTS: i32 = 3;
/** More events than a run may have. */
export const FAULT_EVENTS: i32 = 4;
/** The time of work is not a number: activity. */
export const FAULT_WORK_TIME: i32 = 5;
/** The time between arrivals is not a number: cohort. */
export const FAULT_ARRIVAL_TIME: i32 = 6;
/** A time of working or repair is not a number: facility. */
export const FAULT_UNIT_TIME: i32 = 7;
/** Draws never lie within their bounds: low, high. */
export const FAULT_BOUNDS: i32 = 8;
/** A distribution that does not exist: what prepareLaw gave, family, form, parameters. */
export const FAULT_LAW: i32 = 9;
/** All weights of a choice are 0. */
export const FAULT_WEIGHTS: i32 = 10;
/** A joint census has too many combinations. */
export const FAULT_JOINT: i32 = 11;
/** There is no such operation: its code. */
export const FAULT_OPERATION: i32 = 12;
/** What is watched or changed from outside: 0 it is looked at without end, 1 an effect lasts no number; its number. */
export const FAULT_CONTROL: i32 = 13;
