import type { ToolkitPart } from './laws.js';

/** Parts that some programs in Python have, whatever the engine. */
export const PARTS: readonly ToolkitPart[] = [
  {
    name: 'times_at_rate',
    text: `def times_at_rate(timetable, period=None):
    """Times of arrivals whose rate per second changes by a timetable: unit exponentials through the cumulative rate."""
    left = random.expovariate(1)
    for start in itertools.count(0, period or END):
        for place, (at, rate) in enumerate(timetable):
            now = start + at
            until = start + (timetable[place + 1][0] if place + 1 < len(timetable) else period or END)
            while rate > 0 and now + left / rate < until:
                now += left / rate
                yield now
                left = random.expovariate(1)
            left -= rate * (until - now)
        if period is None:
            return`,
  },
  {
    name: 'rounds',
    text: `def begin_rounds(patient, name, times=math.inf):
    """Whether there is a round to make."""
    patient.rounds[name] = [0, times, env.now]
    return times == math.inf or rounded(times) >= 1


def another_round(patient, name, until=False, again=1.0, every=0.0):
    """After a round: whether there is another one, which begins so long after the planned beginning of this one."""
    made = patient.rounds[name]
    made[0] += 1
    if made[0] >= made[1] - 0.5 or until or random.random() >= again:
        return False
    if every > 0:
        made[2] += every
        if made[2] > env.now:
            yield env.timeout(made[2] - env.now)
    return True`,
  },
  {
    name: 'wait_until',
    text: `def wait_until(patient, activity, instants):
    """Goes on at the next of these instants."""
    patient.begin(activity)
    place = bisect.bisect_left(instants, env.now)
    yield env.timeout(instants[place] - env.now) if place < len(instants) else env.event()
    patient.end(activity)`,
  },
  {
    name: 'least_busy',
    text: `def least_busy(*options):
    """The place of the option with the smallest queue + busy - capacity, the first of equals."""
    loads = [sum(each.queue.value + each.busy.value - each.there.value for each in option) for option in options]
    return loads.index(min(loads))`,
  },
];
