/** How units become servers of Ciw's nodes, and how individuals go from node to node. */
export const NETWORK = `class Clock:
    """Ciw's clock, and what a patient's way can wait for."""

    simulation = None  # a new one in each replication

    @property
    def now(self):
        return self.simulation.current_time if self.simulation else 0.0

    def timeout(self, seconds):
        return Delay(seconds)

    def event(self):
        return Delay(math.inf)


env = Clock()


def next_arrival(seconds):
    return Delay(seconds)


class Delay:
    """A way goes on after so many seconds: with the unit that it keeps, or elsewhere."""

    def __init__(self, seconds):
        self.seconds = max(0.0, seconds)


class Request:
    """A way goes on when it has a unit of a pool, or when its patience ends."""

    numbers = itertools.count()

    def __init__(self, patient, site, slot, pool, leaving, patience, priority):
        self.patient, self.site, self.slot, self.pool, self.leaving = patient, site, slot, pool, leaving
        self.patience, self.own_priority, self.number, self.asked = patience, priority, next(self.numbers), env.now
        self.facilities, self.served, self.is_met = [] if pool is None else [pool.facility], [], False

    def meet(self):
        """Takes the unit, then gives back what was kept until then."""
        if self.is_met:
            return
        self.is_met, self.served = True, self.facilities
        self.count(-1)
        left = [self.patient.kept.pop(name) for name in self.leaving if name in self.patient.kept]
        self.patient.kept[self.slot] = self.pool
        self.pool.change(1)
        for pool in left:
            pool.change(-1)
            pool.serve()

    def key(self):
        """The smaller comes first. A priority may depend on how long the request has waited."""
        if self.is_met:
            return -math.inf, self.number
        priority = self.own_priority(env.now - self.asked) if callable(self.own_priority) else self.own_priority
        return 0 if math.isnan(priority) else priority, self.number

    def count(self, change):
        for facility in self.facilities:
            facility.queue.change(facility.queue.value + change)
        if self.site in site_queues:
            site_queues[self.site].change(site_queues[self.site].value + change)


class Pool:
    """The servers of a node. The timetable says from when on there are how many; None is unlimited."""

    all = []
    waits_outside = False  # who waits for it may keep something else until it has it
    is_impatient = False  # some do not wait for ever

    def __init__(self, facility, timetable, period=None, breakdown=None):
        self.facility, self.timetable, self.period = facility, timetable, period
        facility.pools.append(self)
        self.all.append(self)
        self.node = ELSEWHERE + len(self.all)

    def reset(self):
        self.busy, self.down = 0, 0
        self.there = math.inf if self.timetable is None else rounded(self.timetable[0][1])

    def servers(self):
        if self.timetable is None:
            return math.inf
        if len(self.timetable) == 1:
            return self.there
        ends = [at for at, _ in self.timetable[1:]] + [self.period or END + DAY]
        return ciw.Schedule([rounded(count) for _, count in self.timetable], ends)

    def change(self, units):
        self.busy += units
        self.facility.count()

    def serve(self):
        """What is free is theirs who are next, at once; Ciw lets them go on after who gave it back."""
        node = env.simulation.nodes[self.node]
        waiting = [each for each in (*node.all_individuals, *node.waiting_outside) if each.waits_for(self)]
        while waiting and self.busy < self.there:
            first = first_in_line(waiting, env.now)
            waiting.remove(first)
            first.stop.meet()


class Target:
    """What can be asked for: here, a pool."""

    def __init__(self, *members):
        self.pool = members[0][0]


ELSEWHERE = 1  # the node where patients are who keep nothing
site_queues = {}  # how many wait at places that a figure asks for


def first_in_line(individuals, t):
    return min(individuals, key=lambda each: each.stop.key())


class Node(ciw.Node):
    """Service lasts as long as the unit is kept. At a change of shift, begun service goes on and counts."""

    def __init__(self, id_, simulation):
        super().__init__(id_, simulation)
        self.pool = None if id_ == ELSEWHERE else Pool.all[id_ - ELSEWHERE - 1]
        self.waiting_outside = []

    def finish_service(self):
        individual = self.decide_between_simultaneous_individuals()
        if individual.is_ahead:
            individual.is_ahead = False
        else:
            individual.go_on()
        if isinstance(individual.stop, Delay) and individual.patient.unit is self.pool:
            individual.service_end_date = self.now + individual.stop.seconds
            if individual.server:
                individual.server.next_end_service_date = individual.service_end_date
            return
        self.next_individual = [individual]
        super().finish_service()

    def block_individual(self, individual, next_node):
        super().block_individual(individual, next_node)
        next_node.waiting_outside.append(individual)

    def release_blocked_individual(self):
        if self.waiting_outside and self.number_of_individuals < self.node_capacity:
            first = first_in_line(self.waiting_outside, self.now)
            self.waiting_outside.remove(first)
            place = (first.node, first.id_number)
            self.blocked_queue.remove(place)
            self.blocked_queue.insert(0, place)
            super().release_blocked_individual()

    def change_shift(self):
        self.schedule.get_next_shift()
        self.next_shift_change, self.c = self.schedule.next_shift_change_date, self.schedule.c
        self.pool.there = self.c
        self.pool.facility.count()
        self.pool.serve()
        busy = [server for server in self.servers if server.busy]
        for place, server in enumerate(busy):
            server.offduty, server.shift_end = place >= self.c, self.now
        for server in [server for server in self.servers if not server.busy]:
            server.shift_end = self.now
            self.kill_server(server)
        self.add_new_servers(max(0, self.c - len(busy)))
        self.begin_service_if_possible_change_shift()
        if self.pool.waits_outside:
            self.node_capacity = self.c
            for _ in range(len(self.waiting_outside)):
                self.release_blocked_individual()

    def begin_service_if_possible_release(self, next_individual, newly_free_server):
        staying = [] if self.schedule is None else [server for server in self.servers if server.offduty]
        if staying and newly_free_server in self.servers:
            staying[0].offduty = False
            newly_free_server.shift_end = self.now
            self.kill_server(newly_free_server)
        else:
            super().begin_service_if_possible_release(next_individual, newly_free_server)


    def decide_next_event(self):
        """At one instant: what ends, then shifts, then who gives up."""
        kind = min(ORDER, key=lambda each: self.possible_next_events.get(each, NEVER)[1])
        return self.possible_next_events.get(kind, NEVER), kind


ORDER, NEVER = ('end_service', 'shift_change', 'renege'), (None, math.inf)


class Simulation(ciw.Simulation):
    def find_next_active_node(self):
        """The node where something happens next; at one instant in the order of nodes, arrivals last."""
        arrivals, *nodes = self.active_nodes
        return min(*nodes, arrivals, key=lambda node: (node.next_event_date, self.rank(node)))

    def rank(self, node):
        kinds = (None, *ORDER)
        return len(kinds) if node is self.nodes[0] else kinds.index(node.next_event_type)


class Individual(ciw.Individual):
    """Goes the way of a patient, from one stop to the next."""

    def begin(self, patient, way):
        self.patient, self.life = patient, live(patient, way)
        self.stop, self.is_begun, self.is_ahead = Delay(0), False, False

    def go_on(self, met=True):
        try:
            self.stop = self.life.send(met) if self.is_begun else next(self.life)
        except StopIteration:
            self.stop = None
        self.is_begun = True

    def waits_for(self, pool):
        return isinstance(self.stop, Request) and self.stop.pool is pool and not self.stop.is_met

    def place(self, here):
        """The number of the node at which the stop is; -1 is the exit."""
        if self.stop is None:
            return -1
        if isinstance(self.stop, Delay):
            return ELSEWHERE if self.patient.unit is None else self.patient.unit.node
        if self.stop.pool.waits_outside and here != ELSEWHERE and self.patient.unit is None:
            self.is_ahead = True
            return ELSEWHERE
        return self.stop.pool.node


class Routing(ciw.routing.NetworkRouting):
    """Every individual goes where its way leads."""

    def __init__(self):
        super().__init__([])

    def initialise_individual(self, ind):
        ind.begin(*CLASSES[ind.customer_class].newcomer())

    def next_node(self, ind, node_id):
        return self.simulation.nodes[ind.place(node_id)]

    def next_node_for_jockeying(self, ind, node_id):
        """Who gives up goes on from elsewhere."""
        ind.go_on(met=False)
        ind.is_ahead = True
        return self.simulation.nodes[ELSEWHERE]


class Service(ciw.dists.Distribution):
    """The time until a way goes on: at a node of a pool, it goes on with the unit first."""

    def sample(self, t=None, ind=None):
        if isinstance(ind.stop, Request) and not ind.is_ahead:
            ind.go_on()
            ind.is_ahead = not isinstance(ind.stop, Delay) or ind.patient.unit is None
        return 0.0 if ind.is_ahead else ind.stop.seconds


class Patience(ciw.dists.Distribution):
    def sample(self, t=None, ind=None):
        return ind.stop.patience


class Interval(ciw.dists.Distribution):
    """Time until the next arrivals of a cohort."""

    def __init__(self, cohort):
        self.place = Cohort.all.index(cohort)

    def sample(self, t=None, ind=None):
        return max(0.0, Cohort.all[self.place].interval)


class Batch(Interval):
    """How many arrive now."""

    def sample(self, t=None, ind=None):
        return Cohort.all[self.place].come()`;
