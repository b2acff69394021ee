/** Parts of a program for SimPy that are the same for every model, in the order in which they stand in it. */
export interface ToolkitPart {
  readonly name: string;
  /** Other parts that it needs. */
  readonly needs?: readonly string[];
  readonly text: string;
}

const law = (name: string, text: string, needs: readonly string[] = []): ToolkitPart => ({ name, text, needs });

/** Laws of probability: a program has those that it draws from. */
export const LAWS: readonly ToolkitPart[] = [
  law(
    'exponential',
    `def exponential(mean):
    return random.expovariate(1 / mean) if mean > 0 else 0.0`,
  ),
  law(
    'uniform',
    `def uniform(low, high):
    return random.uniform(low, high)`,
  ),
  law(
    'triangular',
    `def triangular(low, mode, high):
    return random.triangular(low, high, mode)`,
  ),
  law(
    'pert',
    `def pert(low, mode, high):
    if high <= low:
        return low
    a = 1 + 4 * (mode - low) / (high - low)
    b = 1 + 4 * (high - mode) / (high - low)
    return low + (high - low) * random.betavariate(a, b)`,
  ),
  law(
    'normal',
    `def normal(mean, sd):
    return random.gauss(mean, sd)`,
  ),
  law(
    'lognormal',
    `def lognormal(mean, sd):
    """By the mean and standard deviation of the values themselves, not of their logarithms."""
    variance = math.log(1 + (sd / mean) ** 2)
    return random.lognormvariate(math.log(mean) - variance / 2, math.sqrt(variance))`,
  ),
  law(
    'lognormal_of_logs',
    `def lognormal_of_logs(mu, sigma):
    return random.lognormvariate(mu, sigma)`,
  ),
  law(
    'gamma',
    `def gamma(shape, scale):
    return random.gammavariate(shape, scale) if scale > 0 else 0.0`,
  ),
  law(
    'gamma_of_mean',
    `def gamma_of_mean(mean, sd):
    return gamma((mean / sd) ** 2, sd**2 / mean) if sd > 0 else mean`,
    ['gamma'],
  ),
  law(
    'erlang',
    `def erlang(stages, mean):
    return gamma(stages, mean / stages)`,
    ['gamma'],
  ),
  law(
    'weibull',
    `def weibull(shape, scale):
    return random.weibullvariate(scale, shape) if scale > 0 else 0.0`,
  ),
  law(
    'weibull_of_mean',
    `@functools.lru_cache(maxsize=None)
def weibull_shape(variation):
    """The shape whose standard deviation is so many times the mean, by bisection."""
    low, high = 0.05, 500.0
    for _ in range(200):
        shape = math.sqrt(low * high)
        squared = math.exp(math.lgamma(1 + 2 / shape) - 2 * math.lgamma(1 + 1 / shape)) - 1
        low, high = (shape, high) if squared > variation**2 else (low, shape)
    return low


def weibull_of_mean(mean, sd):
    shape = weibull_shape(sd / mean)
    return weibull(shape, mean / math.gamma(1 + 1 / shape))`,
    ['weibull'],
  ),
  law(
    'beta',
    `def beta(alpha, beta):
    return random.betavariate(alpha, beta)`,
  ),
  law(
    'beta_of_mean',
    `def beta_of_mean(mean, sd):
    total = mean * (1 - mean) / sd**2 - 1
    return random.betavariate(mean * total, (1 - mean) * total)`,
  ),
  law(
    'poisson',
    `def poisson(mean):
    """How many of the arrivals at rate 1 come within the mean."""
    count, time = 0, random.expovariate(1)
    while time <= mean:
        count, time = count + 1, time + random.expovariate(1)
    return count`,
  ),
  law(
    'binomial',
    `def binomial(trials, probability):
    return sum(random.random() < probability for _ in range(round(trials)))`,
  ),
  law(
    'geometric',
    `def geometric(probability):
    """Attempts up to and including the first success."""
    return 1 if probability >= 1 else max(1, math.ceil(math.log(1 - random.random()) / math.log1p(-probability)))`,
  ),
  law(
    'pick',
    `def pick(values, weights=None):
    return random.choices(values, weights)[0]`,
  ),
  law(
    'within',
    `def within(draw, low, high):
    """Draws again until the value lies between the two."""
    for _ in range(10_000):
        value = draw()
        if low <= value <= high:
            return value
    raise ValueError(f'no draw lies between {low} and {high}')`,
  ),
  law(
    'element',
    `def element(values, place):
    """The value at a place, counted from 0; the first or last where there is none."""
    return values[min(max(math.floor(place), 0), len(values) - 1)]`,
  ),
  law(
    'rounded',
    `def rounded(value):
    return math.floor(value + 0.5)`,
  ),
  law(
    'one_of_shares',
    `def one_of_shares(*shares):
    """The place of a share that was hit; as many as there are where none was."""
    left = random.random()
    for place, share in enumerate(shares):
        if left < share:
            return place
        left -= share
    return len(shares)`,
  ),
];

/** What every program has: clock, units, queues, patients, figures. */
export const CORE = `env = simpy.Environment()  # a new one in each replication


def in_window(since, until):
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
    """For how much of the window several censuses and queues had which values at once."""

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
            self.there.value = math.inf


class Pool:
    """Units that cannot be told apart. The timetable says from when on there are how many; None is unlimited."""

    all = []

    def __init__(self, facility, timetable, period=None, breakdown=None, is_stock=False):
        self.facility, self.timetable, self.period, self.breakdown = facility, timetable, period, breakdown
        self.is_stock = is_stock
        facility.pools.append(self)
        self.all.append(self)

    def reset(self):
        self.busy, self.down, self.idle_since = 0, 0, 0.0
        self.waiting = []  # requests that wait for something with this pool, in the order in which they are served
        self.failing = collections.deque()
        self.there = math.inf if self.timetable is None else rounded(self.timetable[0][1])

    def begin(self):
        self.facility.count()
        if self.timetable is not None and len(self.timetable) > 1:
            env.process(self.follow_timetable())
        if self.breakdown is not None:
            for unit in range(rounded(max(count for _, count in self.timetable))):
                env.process(self.break_down(unit))

    @property
    def free(self):
        return self.there - self.down - self.busy

    def follow_timetable(self):
        for start in itertools.count(0, self.period or END):
            for at, count in self.timetable:
                if start + at > env.now:
                    yield env.timeout(start + at - env.now)
                self.set(rounded(count))
            if self.period is None:
                return

    def set(self, count):
        """So many are there from now on; begun work goes on."""
        if count != self.there:
            self.there = count
            self.changed()

    def break_down(self, unit):
        """A unit fails by its own clock; it goes down when it is free."""
        every, lasts = self.breakdown
        while True:
            yield env.timeout(max(0, every()))
            if unit >= self.there:
                continue
            down = env.event()
            self.failing.append(down)
            self.changed()
            yield down
            yield env.timeout(max(0, lasts()))
            self.down -= 1
            self.changed()

    def use(self, units):
        if self.is_stock:
            self.there -= units
            self.facility.count()
            self.order_where_low()
        else:
            self.busy += units
            self.facility.count()

    def give_back(self, units):
        self.busy -= units
        self.idle_since = env.now
        self.changed()

    def changed(self):
        while self.failing and self.free > 0:
            self.down += 1
            self.failing.popleft().succeed()
        self.facility.count()
        freed.add(self)
        serve()

    def order_where_low(self):
        """Stocks order what they lack."""


class Target:
    """What can be asked for. Units of the lowest rank are taken first, then whoever is idle longest."""

    def __init__(self, *members):
        self.members = [(pool, rank) for pool, rank in members]
        self.pools = [pool for pool, _ in members]

    def in_order(self):
        if len(self.pools) == 1:
            return self.pools
        return [pool for pool, _ in sorted(self.members, key=lambda member: (member[1], member[0].idle_since))]


class Request:
    """Asks for all its needs, pairs of an amount and targets in order of preference, at once."""

    numbers = itertools.count()

    def __init__(self, patient, site, slot, needs, leaving, priority):
        self.patient, self.site, self.slot, self.needs, self.leaving = patient, site, slot, needs, leaving
        self.own_priority, self.number, self.asked, self.met = priority, next(self.numbers), env.now, env.event()
        self.pools = {pool for _, targets in needs for target in targets for pool in target.pools}
        self.facilities = list(dict.fromkeys(pool.facility for pool in sorted(self.pools, key=Pool.all.index)))
        self.is_big = any(amount > 1 for amount, _ in needs)
        self.kept = [[] for _ in needs]
        self.order()

    @property
    def shape(self):
        """Where one request is not met, later ones for the same are not either."""
        return tuple((amount, *targets) for amount, targets in self.needs)

    def order(self):
        """The smaller comes first. A priority may depend on how long the request has waited."""
        priority = self.own_priority(env.now - self.asked) if callable(self.own_priority) else self.own_priority
        self.key = (0 if math.isnan(priority) else priority, self.number)
        return self.key

    def is_held_back(self, pool):
        """Whether an earlier request wants more of something with this pool than is free."""
        return any(
            pool in target.pools and sum(max(0, each.free) for each in target.pools) < amount
            for other in big_requests
            if other is not self and other.key < self.key
            for amount, targets in other.needs
            for target in targets
        )

    def find(self):
        """Units that meet all needs at once, as pairs of a pool and how many for each need; None without enough."""
        free = {}
        for pool in self.pools:
            free[pool] = 0 if big_requests and self.is_held_back(pool) else max(0, pool.free)
        return self.look(free, 0)

    def look(self, free, need):
        if need == len(self.needs):
            return []
        amount, targets = self.needs[need]
        for target in targets:
            if sum(free[pool] for pool in target.pools) < amount:
                continue
            for units in spread(amount, target.in_order(), free):
                for pool, count in units:
                    free[pool] -= count
                rest = self.look(free, need + 1)
                if rest is not None:
                    return [units, *rest]
                for pool, count in units:
                    free[pool] += count
        return None

    def try_now(self):
        found = self.find()
        if found is None:
            return False
        for need, units in enumerate(found):
            for pool, count in units:
                pool.use(count)
                if not pool.is_stock:
                    self.kept[need].append((pool, count))
        self.patient.kept[self.slot] = self.kept
        self.patient.has_waited(self)
        for name in self.leaving:
            self.patient.give_back(name)
        return True

    def join_queue(self):
        for pool in self.pools:
            bisect.insort(pool.waiting, self, key=lambda request: request.key)
        if self.is_big:
            big_requests.append(self)
        self.count(1)

    def leave_queue(self):
        for pool in self.pools:
            pool.waiting.remove(self)
        if self.is_big:
            big_requests.remove(self)
        self.count(-1)

    def count(self, change):
        for facility in self.facilities:
            facility.queue.change(facility.queue.value + change)
        if self.site in site_queues:
            site_queues[self.site].change(site_queues[self.site].value + change)


def spread(amount, pools, free):
    """The ways to take so many units of several pools, those of the first pools first."""
    if amount == 0:
        yield []
    elif pools:
        pool, *others = pools
        for count in range(min(amount, free[pool]), -1, -1) if others else [amount]:
            if count <= free[pool]:
                for rest in spread(amount - count, others, free):
                    yield [(pool, count), *rest] if count else rest


big_requests = []  # those who wait and want more than one unit of something
site_queues = {}  # how many wait at places that a figure asks for
freed = set()  # pools of which something became free
serving = False


def serve():
    """Meets requests that wait for what became free. A request never waits for one that is not there yet."""
    global serving
    if serving:
        return
    serving = True
    while freed:
        pools = [pool for pool in freed if pool.free > 0]
        freed.clear()
        requests = {request for pool in pools for request in pool.waiting} if len(pools) > 1 else pools and pools[0].waiting
        if any(callable(request.own_priority) for request in requests):
            for request in requests:
                request.order()
            for pool in {pool for request in requests for pool in request.pools}:
                pool.waiting.sort(key=lambda request: request.key)
        in_vain = set()
        for request in sorted(requests, key=lambda request: request.key):
            if all(pool.free <= 0 for pool in pools):
                break
            if request.met.triggered or request.shape in in_vain:
                continue
            if request.try_now():
                request.leave_queue()
                request.met.succeed()
            else:
                in_vain.add(request.shape)
    serving = False


class Patient:
    def __init__(self, cohort, number):
        self.cohort, self.number, self.arrived, self.outcome = cohort, number, env.now, None
        self.members = [self]  # of a group: all who go as one
        self.kept, self.requests, self.begun, self.ended, self.waits, self.marks, self.rounds = {}, {}, {}, {}, {}, {}, {}

    def note(self, moment):
        for each in self.members:
            for time in Time.all:
                time.look(each, moment)
        if env.now >= WARM_UP:
            counts[moment] += len(self.members)

    def has_waited(self, request):
        wait = env.now - request.asked
        for each in self.members:
            each.waits[activity_of(request.site)] = wait
            if env.now >= WARM_UP:
                for indicator in Wait.all:
                    indicator.look(each, request.site, wait)
        if env.now >= WARM_UP:
            for facility in request.facilities:
                facility.waits.append(wait)

    def take(self, site, *needs, slot=None, leaving=(), patience=math.inf, priority=None):
        """
        Waits until all needs are met at once and keeps them under the name of the slot; then gives back what was kept until
        then (\`leaving\`), of which units that meet a need are kept. Returns False where the patience ends before.
        """
        self.note(('request', activity_of(site)))
        request = self.request(site, slot or site, needs, leaving, priority)
        if request.try_now():
            return True
        request.join_queue()
        self.requests[request.slot] = request
        if patience == math.inf:
            yield request.met
        else:
            yield request.met | env.timeout(max(0, patience))
        if not request.met.triggered:
            self.give_up(request.slot)
            self.unkeep(request)
            self.waits[activity_of(site)] = env.now - request.asked
            return False
        self.requests.pop(request.slot, None)
        return True

    def try_to_take(self, site, *needs, slot=None, leaving=()):
        """As take, but never waits: False where it is not free."""
        request = self.request(site, slot or site, needs, leaving, None)
        if request.try_now():
            self.note(('request', activity_of(site)))
            return True
        self.unkeep(request)
        return False

    def request(self, site, slot, needs, leaving, priority):
        wanted = [(max(0, rounded(amount)), targets) for amount, *targets in needs]
        own = self.cohort.priority(self) if priority is None else priority
        request = Request(self, site, slot, wanted, leaving, own)
        for need, (amount, targets) in enumerate(wanted):
            for units in (each for name in leaving for each in self.kept.get(name, [])):
                for place, (pool, count) in enumerate(units):
                    moved = min(amount, count) if any(pool in target.pools for target in targets) else 0
                    if moved > 0:
                        units[place] = (pool, count - moved)
                        request.kept[need].append((pool, moved))
                        amount -= moved
            request.needs[need] = (amount, targets)
        return request

    def unkeep(self, request):
        """What would have been kept for a request that was not met stays where it was."""
        if request.leaving:
            self.kept.setdefault(request.leaving[0], []).extend(request.kept)

    def give_up(self, slot):
        request = self.requests.pop(slot, None)
        if request is not None and not request.met.triggered:
            request.leave_queue()
            freed.update(request.pools)
            serve()

    def give_back(self, *slots):
        for slot in tuple(slots):
            for units in self.kept.pop(slot, []):
                for pool, count in units:
                    if count > 0:
                        pool.give_back(count)

    def release(self, slot, need):
        """Gives back one need of a hold early."""
        if slot in self.kept:
            units, self.kept[slot][need] = self.kept[slot][need], []
            for pool, count in units:
                pool.give_back(count)

    def begin(self, activity):
        self.begun[activity] = env.now
        self.note(('start', activity))

    def end(self, activity):
        for each in self.members:
            each.ended[activity] = env.now
        if env.now >= WARM_UP:
            durations[activity] += len(self.members) * (env.now - self.begun[activity])
        self.note(('end', activity))

    def work(self, activity, seconds, costs=0):
        self.begin(activity)
        if env.now >= WARM_UP:
            counts['costs'] += costs
        yield env.timeout(max(0, seconds))
        self.end(activity)

    def finish(self, outcome):
        for each in self.members:
            each.outcome = outcome

    def since(self, activity):
        return env.now - self.ended.get(activity, math.nan)

    def waited_for(self, activity):
        return self.waits.get(activity, math.nan)


def walk(patient, way):
    """A way may go on in another one."""
    while way is not None:
        way = yield from way(patient)


def live(patient, way, is_new=True):
    """From arrival to exit."""
    if is_new:
        patient.note(('arrival',))
    yield from walk(patient, way)
    patient.give_back(*patient.kept)
    patient.note(('exit',))
    if env.now >= WARM_UP:
        counts['exit', patient.outcome] += 1
        for indicator in Outcome.all:
            indicator.add(patient, int(patient.outcome == indicator.outcome))


class Cohort:
    all = []

    def __init__(self, title, ways, arrivals, attributes, priority):
        self.title, self.ways, self.arrivals = title, ways, arrivals
        self.attributes, self.priority = attributes, priority
        self.all.append(self)

    def reset(self):
        self.numbers = itertools.count()
        if self.arrivals is not None:
            env.process(self.arrivals())

    def arrive(self):
        number = next(self.numbers)
        for way in self.ways:
            patient = Patient(self, number)
            self.attributes(patient)
            if env.now >= WARM_UP:
                counts['arrivals', self] += 1
            env.process(live(patient, way))


class Observations:
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

/** Parts that some programs have. */
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
    name: 'together',
    text: `def branch(patient, way):
    try:
        yield from walk(patient, way)
    except simpy.Interrupt:
        pass  # another branch won the race


def together(patient, *ways):
    """Goes on when all branches have ended."""
    branches = [env.process(branch(patient, way)) for way in ways]
    try:
        yield env.all_of(branches)
    except simpy.Interrupt:
        for each in branches:
            if each.is_alive:
                each.interrupt()
        raise`,
  },
  {
    name: 'race',
    needs: ['together'],
    text: `def race(patient, *ways):
    """Goes on when the first branch has ended. Each branch is a way and the slots of what it takes."""
    branches = [(env.process(branch(patient, way)), slots) for way, slots in ways]
    running = [process for process, _ in branches]
    try:
        yield env.any_of(running)
    except simpy.Interrupt:
        for each in running:
            if each.is_alive:
                each.interrupt()
        raise
    for process, slots in branches:
        if process.is_alive:
            process.interrupt()
            for slot in slots:
                patient.give_up(slot)
            patient.give_back(*slots)`,
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
    name: 'gather',
    text: `class Gathering:
    """Where patients wait for a group that goes as one: with \`size\` members, or at multiples of \`every\`."""

    all = []

    def __init__(self, activity, size=math.inf, every=None, most=math.inf):
        self.activity, self.size, self.every, self.most = activity, size, every, most
        self.all.append(self)

    def reset(self):
        self.waiting, self.due = [], math.nan
        if self.every is not None:
            env.process(self.timetable())

    def timetable(self):
        while True:
            yield env.timeout(self.every)
            self.leave(self.most)

    def leave_at(self, due):
        yield env.timeout(due - env.now)
        if self.due == due:
            self.leave(math.inf)

    def leave(self, most):
        group = self.waiting[: len(self.waiting) if most == math.inf else most]
        self.waiting = self.waiting[len(group) :]
        members, over = [patient for patient, _, _ in group], env.event()
        for patient, ticket, since in group:
            patient.waits[self.activity] = env.now - since
            if env.now >= WARM_UP:
                for indicator in Wait.all:
                    indicator.look(patient, self.activity, env.now - since)
            patient.begin(self.activity)
            ticket.succeed((members, over))


def gather(patient, place, inside, after=None):
    """Waits for a group, which goes through the block as its first member; then its members go on."""
    patient.note(('request', place.activity))
    ticket = env.event()
    place.waiting.append((patient, ticket, env.now))
    if after is not None and len(place.waiting) == 1:
        place.due = env.now + max(0, after)
        env.process(place.leave_at(place.due))
    if len(place.waiting) >= place.size:
        place.leave(place.size)
    members, over = yield ticket
    if members[0] is not patient:
        yield over
        return
    patient.members = members
    yield from walk(patient, inside)
    patient.members = [patient]
    for each in members:
        each.end(place.activity)
    over.succeed()`,
  },
  {
    name: 'least_busy',
    text: `def least_busy(*options):
    """The place of the option with the smallest queue + busy - capacity, the first of equals."""
    loads = [sum(each.queue.value + each.busy.value - each.there.value for each in option) for option in options]
    return loads.index(min(loads))`,
  },
  {
    name: 'stock',
    text: `class Stock(Pool):
    """Units that are used up. Orders are triples: below which level, how much, and how long until it is there."""

    def __init__(self, facility, timetable, room=math.inf, deliveries=(), orders=()):
        super().__init__(facility, timetable, is_stock=True)
        self.room, self.deliveries, self.orders = room, deliveries, orders

    def begin(self):
        super().begin()
        self.ordered = [False] * len(self.orders)
        for at, amount in self.deliveries:
            env.process(self.deliver(at, amount))
        self.order_where_low()

    def deliver(self, times, amount):
        for at in times:
            yield env.timeout(at - env.now)
            self.receive(amount())

    def receive(self, amount):
        self.set(self.there + min(max(0, rounded(amount)), max(0, self.room - self.there)))
        self.order_where_low()

    def order_where_low(self):
        for place, (below, amount, after) in enumerate(self.orders):
            if not self.ordered[place] and self.there < below:
                self.ordered[place] = True
                env.process(self.order(place, amount, after))

    def order(self, place, amount, after):
        yield env.timeout(max(0, after()))
        self.ordered[place] = False
        self.receive(amount())`,
  },
];

/** How a program is run: the end of every program. */
export const MAIN = `# ---- runs and what is printed of them ------------------------------------------------------------------------------

STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
           2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042)


def half_width(values):
    """Of the 95 % interval of a mean. Beyond 30 degrees of freedom Student's t is approximated within 0.001."""
    if len(values) < 2:
        return math.nan
    degrees = len(values) - 1
    t = STUDENT[degrees - 1] if degrees <= 30 else 1.95996 + 2.3723 / degrees + 2.82 / degrees**2
    return t * statistics.stdev(values) / math.sqrt(len(values))


def replicate(number, seed):
    """One replication: the value of each figure."""
    global env
    random.seed(f'{seed}/{number}')
    env = simpy.Environment()
    big_requests.clear()
    freed.clear()
    site_queues.update({site: Level() for site in site_queues})
    counts.clear()
    durations.clear()
    for each in (*Joint.all, *Facility.all, *Pool.all, *Time.all, *Wait.all, *Outcome.all):
        each.reset()
    for pool in Pool.all:
        pool.begin()
    begin()
    for cohort in Cohort.all:
        cohort.reset()
    env.run(until=END)
    return {key: value(*arguments) for key, _, _, value, arguments in FIGURES}


UNITS = (('d', DAY, 2 * DAY), ('h', HOUR, 3 * HOUR), ('min', MINUTE, 2 * MINUTE), ('s', 1, 0))


def told(value, half, unit):
    """A figure with its half-width; times in a unit that fits."""
    if math.isnan(value):
        return '-'
    name, factor = unit, 1
    if unit == 'duration':
        name, factor = next((name, factor) for name, factor, least in UNITS if abs(value) >= least)
    if unit == 'share':
        name, factor = '%', 0.01
    return f'{value / factor:.4g} +/- {half / factor:.2g} {name}'.rstrip()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\\n')[0])
    parser.add_argument('--replications', type=int, default=REPLICATIONS)
    parser.add_argument('--seed', type=int, default=SEED)
    parser.add_argument('--json', action='store_true', help='the figures of each replication, as JSON')
    options = parser.parse_args()
    runs = [replicate(number, options.seed) for number in range(options.replications)]
    if options.json:
        print(json.dumps([{key: None if math.isnan(value) else value for key, value in run.items()} for run in runs]))
        return
    print(f'{len(runs)} replications, mean +/- half-width of the 95 % interval')
    for key, title, unit, _, _ in FIGURES:
        values = [run[key] for run in runs if not math.isnan(run[key])]
        print(f'{title:60} {told(mean(values), half_width(values), unit)}')


if __name__ == '__main__':
    main()
`;
