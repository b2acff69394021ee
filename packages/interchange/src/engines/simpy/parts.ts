import type { ToolkitPart } from '../python/laws.js';

/** Parts that some programs for SimPy have. */
export const SIMPY_PARTS: readonly ToolkitPart[] = [
  {
    name: 'together',
    text: `def branch(patient, way):
    try:
        yield from walk(patient, way)
    except simpy.Interrupt:
        pass  # another branch won the race


class Join:
    """Where a patient waits for so many branches."""

    def __init__(self, count):
        self.left, self.event = count, env.event()

    def end(self):
        self.left -= 1
        if self.left == 0:
            happen(self.event, JOINED)


def go_on(steps, waits_for, join):
    try:
        while True:
            try:
                value = yield waits_for
            except simpy.Interrupt as interrupt:
                waits_for = steps.throw(interrupt)
            else:
                waits_for = steps.send(value)
    except StopIteration:
        join.end()


def begin_branch(patient, way, join):
    """Goes a way until it waits for something, before the next branch begins; the rest of it, or None at its end."""
    steps = branch(patient, way)
    try:
        waits_for = next(steps)
    except StopIteration:
        join.end()
        return None
    return env.process(go_on(steps, waits_for, join))


def wait_for(join, processes):
    """Until enough branches have ended; who is interrupted ends all of them."""
    if join.left <= 0:
        return
    try:
        yield join.event
    except simpy.Interrupt:
        for each in processes:
            if each.is_alive:
                each.interrupt()
        raise


def together(patient, *ways):
    """Goes on when all branches have ended."""
    join = Join(len(ways))
    branches = [begin_branch(patient, way, join) for way in ways]
    yield from wait_for(join, [process for process in branches if process is not None])`,
  },
  {
    name: 'race',
    needs: ['together'],
    text: `def race(patient, *ways):
    """Goes on when the first branch has ended. Each branch is a way and the slots of what it takes."""
    join, branches = Join(1), []
    for way, slots in ways:
        process = begin_branch(patient, way, join)
        if process is None:  # it has won before the others begin
            break
        branches.append((process, slots))
    yield from wait_for(join, [process for process, _ in branches])
    for process, slots in branches:
        if process.is_alive:
            process.interrupt()
            for slot in slots:
                patient.give_up(slot)
            patient.give_back(*slots)`,
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
            yield Later(self.every, PATIENCE)
            self.leave(self.most)

    def leave_at(self, due):
        yield Later(due - env.now, PATIENCE)
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
            happen(ticket, JOINED, (members, over))


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
    happen(over, JOINED)`,
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
            yield Later(at - env.now, CAPACITY)
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
        yield Later(after(), CAPACITY)
        self.ordered[place] = False
        self.receive(amount())`,
  },
];
