/** How levels and observations are measured in programs in Python, which have the clock as \`env.now\`. */

/** Numbers that change, and facilities as figures speak of them. */
export const LEVELS = `def in_window(since, until):
    """Seconds between two times that lie in the window, which begins after the warm-up."""
    return max(0.0, min(until, END) - max(since, WARM_UP))


class Level:
    """A number that changes, and its integral over the window."""

    def __init__(self):
        self.value, self.since, self.area = 0, 0.0, 0.0

    def change(self, value):
        if value == self.value:
            return
        for joint in Joint.all:
            joint.advance()
        self.area += self.value * in_window(self.since, env.now)
        self.value, self.since = value, env.now

    def mean(self):
        return (self.area + self.value * in_window(self.since, END)) / RUN


class Joint:
    """For how much of the window several censuses, queues and capacities had which values at once."""

    all = []

    def __init__(self, values):
        self.values = values
        self.all.append(self)

    def reset(self):
        self.since, self.times = 0.0, collections.Counter()

    def advance(self):
        if env.now > self.since:
            self.times[self.values()] += in_window(self.since, env.now)
            self.since = env.now

    def share(self, holds):
        self.advance()
        return ratio(sum(time for values, time in self.times.items() if holds(*values)), sum(self.times.values()))


class Facility:
    """A resource, staff group or stock, as figures speak of it."""

    all = []

    def __init__(self, name, title, is_staff=False):
        self.name, self.title, self.is_staff, self.pools = name, title, is_staff, []
        self.all.append(self)

    def reset(self):
        self.busy, self.queue, self.there, self.over = Level(), Level(), Level(), Level()
        self.waits = []

    def count(self):
        """Brings the levels up to date after units were taken, given back, or came and went."""
        self.busy.change(sum(pool.busy for pool in self.pools))
        if all(pool.timetable is not None for pool in self.pools):
            self.there.change(sum(max(0, pool.there - pool.down) for pool in self.pools))
            self.over.change(sum(max(0, pool.busy - pool.there) for pool in self.pools) if self.is_staff else 0)
        else:
            self.there.value = math.inf`;

/** What is observed of patients, and what is worked out of it. */
export const OBSERVATIONS = `class Observations:
    """What is observed of patients, all together and by an attribute."""

    def __init__(self, cohorts, by, holds):
        self.cohorts, self.by, self.holds = cohorts, by, holds
        self.all.append(self)

    def reset(self):
        self.values = collections.defaultdict(list)

    def add(self, patient, value):
        if self.cohorts is not None and patient.cohort not in self.cohorts:
            return
        if self.holds is not None:
            value = int(self.holds(value))
        self.values[None].append(value)
        if self.by is not None:
            self.values[getattr(patient, self.by, None)].append(value)


class Time(Observations):
    """Times from the latest of one moment to another."""

    all = []

    def __init__(self, start, end, cohorts=None, by=None, holds=None):
        super().__init__(cohorts, by, holds)
        self.start, self.end = start, end

    def look(self, patient, moment):
        if moment == self.end and self in patient.marks:
            since = patient.marks.pop(self)
            if env.now >= WARM_UP:
                self.add(patient, env.now - since)
        if moment == self.start:
            patient.marks[self] = env.now


class Wait(Observations):
    """Waits of requests that were met."""

    all = []

    def __init__(self, *sites, cohorts=None, by=None, holds=None):
        super().__init__(cohorts, by, holds)
        self.sites = sites

    def look(self, patient, site, wait):
        if site in self.sites:
            self.add(patient, wait)


class Outcome(Observations):
    """Whether patients who leave have an outcome."""

    all = []

    def __init__(self, outcome, cohorts=None, by=None):
        super().__init__(cohorts, by, None)
        self.outcome = outcome


def activity_of(site):
    """What is done at a place; places are called by it, and numbered where there are several."""
    return ACTIVITY_OF_SITE.get(site, site)


counts = collections.Counter()
durations = collections.Counter()


def ratio(a, b):
    return a / b if b else math.nan


def rounded(value):
    return math.floor(value + 0.5)


def mean(values):
    return ratio(sum(values), len(values))


def facility_figures():
    for each in Facility.all:
        yield f'wait {each.name}', f'{each.title}: wait', 'duration', lambda one: mean(one.waits), (each,)
        yield f'use {each.name}', f'{each.title}: in use', '', lambda one: one.busy.mean(), (each,)
        yield f'queue {each.name}', f'{each.title}: waiting', '', lambda one: one.queue.mean(), (each,)


def statistic(values, what):
    """A statistic of observations; percentiles by linear interpolation (definition 7 of Hyndman and Fan)."""
    if what == 'count':
        return len(values)
    if not values:
        return math.nan
    if what == 'mean':
        return mean(values)
    if what == 'sd':
        return statistics.stdev(values) if len(values) > 1 else math.nan
    if what in ('minimum', 'maximum'):
        return min(values) if what == 'minimum' else max(values)
    ordered = sorted(values)
    place = (len(ordered) - 1) * what / 100
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])`;
