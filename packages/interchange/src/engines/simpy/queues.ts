/** Units and the queues for them in programs for SimPy. */
export const QUEUES = `env = simpy.Environment()  # a new one in each replication

# What happens at one instant: who ended work or a branch goes on first, then who was given what became free, then further
# work ends, which has SimPy's usual priority of 1, then the others.
JOINED, GRANTED, CAPACITY, PATIENCE, ARRIVAL = 0, 0.5, 2, 3, 4


def happen(event, order, value=None):
    """Lets those who wait for an event go on at this instant."""
    event._ok, event._value = True, value
    env.schedule(event, order)


class Later(simpy.Event):
    """As a timeout, but after what ends at the same instant."""

    def __init__(self, seconds, order):
        super().__init__(env)
        self._ok, self._value = True, None
        env.schedule(self, order, max(0, seconds))


def next_arrival(seconds):
    return Later(seconds, ARRIVAL)


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
        self.lines = {}  # where requests wait for something with this pool
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
                    yield Later(start + at - env.now, CAPACITY)
                self.set(rounded(count))
            if self.period is None:
                return

    def set(self, count):
        """So many are there from now on; begun work goes on."""
        if count != self.there:
            self.there = count
            changed(self)

    def break_down(self, unit):
        """A unit fails by its own clock; it goes down when it is free."""
        every, lasts = self.breakdown
        while True:
            yield Later(every(), CAPACITY)
            if unit >= self.there:
                continue
            down = env.event()
            self.failing.append(down)
            changed(self)
            yield down
            yield Later(lasts(), CAPACITY)
            self.down -= 1
            changed(self)

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

    def fail_where_due(self):
        while self.failing and self.free > 0:
            self.down += 1
            self.failing.popleft().succeed()

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
        self.kept, self.is_over, self.has_run_out = [[] for _ in needs], False, False
        # Where it got something, whose waits it counts to: unit by unit where needs compete for the same pools.
        self.served = []
        kept = [{pool for target in targets for pool in target.pools if not pool.is_stock} for _, targets in needs]
        self.overlaps = sum(map(len, kept)) > len(set().union(*kept))
        self.order()

    def run_out(self):
        """Ends the patience of who waits still."""
        if not self.met.triggered:
            self.has_run_out = True
            happen(self.met, JOINED)

    def order(self):
        """The smaller comes first. A priority may depend on how long the request has waited."""
        priority = self.own_priority(env.now - self.asked) if callable(self.own_priority) else self.own_priority
        self.key = (0 if math.isnan(priority) else priority, self.number)
        return self.key

    def is_held_back(self, pool):
        """Whether an earlier request wants more of something with this pool than is free."""
        return any(
            pool in target.pools and sum(max(0, each.free) for each in target.pools) < amount
            for line in big_lines.values()
            if line.first().key < self.key
            for amount, targets in line.first().needs
            for target in targets
        )

    def find(self):
        """Units that meet all needs at once, as pairs of a pool and how many for each need; None without enough."""
        free = {}
        for pool in self.pools:
            free[pool] = 0 if big_lines and self.is_held_back(pool) else max(0, pool.free)
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
                self.served += [pool.facility] * (count if self.overlaps and not pool.is_stock else 1)
                if not pool.is_stock:
                    self.kept[need].append((pool, count))
        self.patient.kept[self.slot] = self.kept
        self.patient.has_waited(self)
        self.patient.give_back(*self.leaving)
        return True

    def join_queue(self):
        shape = tuple((amount, *targets) for amount, targets in self.needs)
        self.line = lines.get(shape) or Line(shape, self.pools)
        self.line.add(self)
        self.count(1)

    def leave_queue(self):
        self.is_over = True
        self.line.remove_if_empty()
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


class Line:
    """Requests for the same: where one is not met, those after it are not either. Those that are over are skipped."""

    def __init__(self, shape, pools):
        self.shape, self.pools, self.heap, self.varies = shape, pools, [], False
        lines[shape] = self
        for pool in pools:
            pool.lines[shape] = self
        if any(amount > 1 for amount, *_ in shape):
            big_lines[shape] = self

    def add(self, request):
        heapq.heappush(self.heap, (request.key, request))
        self.varies = self.varies or callable(request.own_priority)

    def first(self):
        while self.heap and self.heap[0][1].is_over:
            heapq.heappop(self.heap)
        return self.heap[0][1] if self.heap else None

    def order_anew(self):
        """Priorities that depend on how long a request has waited change the order."""
        waiting = [request for _, request in self.heap if not request.is_over]
        self.heap = [(request.order(), request) for request in waiting]
        heapq.heapify(self.heap)

    def remove_if_empty(self):
        if self.first() is None:
            del lines[self.shape]
            big_lines.pop(self.shape, None)
            for pool in self.pools:
                del pool.lines[self.shape]


lines = {}  # by what is wanted
big_lines = {}  # those in which more than one unit of something is wanted
site_queues = {}  # how many wait at places that a figure asks for
freed = set()  # pools of which something became free
serving = False


def changed(*pools):
    """What of these pools is free now is met at once, so that who needs several things finds all of them."""
    for pool in pools:
        pool.fail_where_due()
        pool.facility.count()
        freed.add(pool)
    serve()


def serve():
    """Meets requests that wait for what became free. A request never waits for one that is not there yet."""
    global serving
    if serving:
        return
    serving = True
    while freed:
        pools = [pool for pool in freed if pool.free > 0]
        freed.clear()
        heads = []
        for line in {line for pool in pools for line in pool.lines.values()}:
            if line.varies:
                line.order_anew()
            heapq.heappush(heads, (line.first().key, line))
        while heads and any(pool.free > 0 for pool in pools):
            _, line = heapq.heappop(heads)
            request = line.first()
            if request.try_now():
                request.leave_queue()
                happen(request.met, GRANTED)
                if line.first() is not None:
                    heapq.heappush(heads, (line.first().key, line))
    serving = False`;
