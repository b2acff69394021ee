/** Operation codes of instructions. Plain constants, so that a switch over them compiles to a jump table. */
export const EXIT = 0;
export const REQUEST = 1;
export const TRY = 2;
export const LEAST_BUSY = 3;
export const BEGIN = 4;
export const WORK = 5;
export const END = 6;
export const GIVE_BACK = 7;
export const RELEASE = 8;
export const JUMP = 9;
export const UNLESS = 10;
export const SHARE = 11;
export const MATCH = 12;
export const FORK = 13;
export const JOIN = 14;
export const ROUNDS = 15;
export const AGAIN = 16;
export const FINISH = 17;
/** Gives an attribute another value. */
export const SET = 24;
/** Waits for the next of given instants. */
export const UNTIL = 25;
/** As WORK, of work that gives way. */
export const GIVING_WORK = 26;
/** As FORK, of branches of which the first to end abandons the others. */
export const RACE = 27;
export const GATHER = 28;
/** Asks, beside what goes on, for something else than a slot keeps, and withdraws that. */
export const SEEK = 29;
export const STAY = 30;
/** Goes on by the set of responses in force. */
export const CHOOSE_WAY = 31;
/** Goes on where what the work depends on is there, else another way or not at all. */
export const DEPEND = 32;

/*
 * Shortcuts: in simple cases they do the same as the instructions they stand for, in fewer steps (see plain.ts).
 * src/program/shortcuts.ts says where.
 */
/** As REQUEST, of one unit of a plain pool. */
export const TAKE_UNIT = 40;
/** As BEGIN, where nothing listens. */
export const PLAIN_BEGIN = 41;
/** As WORK, that costs nothing, where nothing listens: its time is a constant or drawn from a fixed law. */
export const PLAIN_WORK = 42;
/** As END, where nothing listens. */
export const PLAIN_END = 43;
/** As END and the GIVE_BACK of one slot after it. */
export const END_AND_FREE = 44;
/** As GIVE_BACK of one slot, or RELEASE of a slot of one's own. */
export const FREE_UNIT = 45;
export const PLAIN_EXIT = 46;
/** As GIVE_BACK, of several slots. */
export const FREE_SLOTS = 49;
/** As REQUEST of nothing. */
export const TAKE_NOTHING = 50;
/** As MATCH and SHARE; where values or shares make that impossible they have no shortcut after all. */
export const PLAIN_MATCH = 47;
export const PLAIN_SHARE = 48;
/** TAKE_UNIT and the PLAIN_WORK of the same activity after it, made one when shortcuts are linked. */
export const TAKE_AND_WORK = 51;

/** Operation codes of expressions, which run on a stack of doubles. */
export const E_RETURN = 0;
export const E_CONSTANT = 1;
export const E_ATTRIBUTE = 2;
export const E_NEGATE = 3;
export const E_NOT = 4;
export const E_ADD = 5;
export const E_SUBTRACT = 6;
export const E_MULTIPLY = 7;
export const E_DIVIDE = 8;
export const E_LESS = 9;
export const E_AT_MOST = 10;
export const E_MORE = 11;
export const E_AT_LEAST = 12;
export const E_EQUAL = 13;
export const E_UNEQUAL = 14;
export const E_AND = 15;
export const E_OR = 16;
export const E_FUNCTION = 17;
/** A draw with fixed parameters. */
export const E_LAW = 18;
/** A draw whose parameters are on the stack. */
export const E_DYNAMIC_LAW = 19;
export const E_PICK = 20;
export const E_DYNAMIC_PICK = 21;
export const E_MATCH = 22;
export const E_GO = 23;
export const E_STATE = 24;
/** Draws again, at its operand, unless the top of the stack lies within the two values below it. */
export const E_AGAIN_UNLESS_WITHIN = 25;
export const E_ELEMENT = 40;
export const E_ROW = 41;
/** Time since what a clock remembers, or since arrival; what a clock of waits remembers, or the wait so far. */
export const E_SINCE = 30;
export const E_WAITED = 31;
/** A factor that is changed from outside. */
export const E_VARIABLE = 32;
/** How many requests of the instructions that follow wait. */
export const E_WAITING = 33;

/** Functions: the number that follows E_FUNCTION. */
export const F_ABSOLUTE = 0;
export const F_FLOOR = 1;
export const F_CEILING = 2;
export const F_ROUND = 3;
export const F_SQUARE_ROOT = 4;
export const F_EXPONENTIAL = 5;
export const F_LOGARITHM = 6;
export const F_GREATEST = 7;
export const F_LEAST = 8;
export const F_POWER = 9;
