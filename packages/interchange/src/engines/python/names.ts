import { SIMPY_PARTS } from '../simpy/parts.js';
import { LAWS } from './laws.js';
import { PARTS } from './parts.js';

/** Words of Python and names of the program's own that nothing else may be called. */
export const RESERVED = [
  ...'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case'.split(
    ' ',
  ),
  ...'abs all any bool dict enumerate float getattr int iter len list map max min next pow print property range reversed round set setattr sorted str sum super tuple type zip'.split(
    ' ',
  ),
  ...'argparse bisect ciw collections functools itertools json math random simpy statistics env p n m value option met branch_taken begin main told replicate half_width live walk branch statistic mean ratio rounded counts durations queue freed serving serve spread lines big_lines site_queues heapq in_window activity_of next_arrival changed happen wait_for Join go_on begin_branch'.split(
    ' ',
  ),
  ...'JOINED GRANTED CAPACITY PATIENCE ARRIVAL ELSEWHERE CLASSES NEVER MINUTE HOUR DAY WARM_UP RUN END REPLICATIONS SEED FIGURES STUDENT UNITS ACTIVITY_OF_SITE'.split(
    ' ',
  ),
  ...[...LAWS, ...PARTS, ...SIMPY_PARTS].map(({ name }) => name),
];

/** What a patient has besides attributes. */
export const OF_PATIENT =
  'cohort number arrived outcome members kept requests begun ended waits marks rounds time note has_waited take try_to_take request unkeep give_up give_back release begin end work finish since waited_for'.split(
    ' ',
  );
