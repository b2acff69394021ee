# What the engine counts of every run, counted in plain Python; see ../c/counting.h, which counts the same. The clock runs
# in minutes from a Monday.
from math import ceil

HOUR = 60.0
WEEK = 168
STRETCHES = 192


class Census:
    """Of a resource: its integrals in all, by hour of the week and by stretch of the run, and its waits."""

    __slots__ = (
        'end', 'hours', 'hours_a_stretch', 'last', 'edge', 'hour', 'busy', 'waiting', 'capacity',
        'busy_time', 'waiting_time', 'capacity_time', 'short_time', 'over_time', 'at_number',
        'hour_busy', 'hour_waiting', 'stretch_busy', 'stretch_waiting', 'stretch_capacity', 'by_hour', 'by_stretch',
        'kept_time', 'wait_sum', 'served', 'waited',
    )

    def __init__(self, units, capacity, end):
        self.end = end
        self.hours = ceil(end / HOUR)
        self.hours_a_stretch = (self.hours + STRETCHES - 1) // STRETCHES
        self.last = 0.0
        self.edge = min(HOUR, end)
        self.hour = 0
        self.busy = self.waiting = 0
        self.capacity = capacity
        self.busy_time = self.waiting_time = self.capacity_time = self.short_time = self.over_time = 0.0
        self.at_number = [0.0] * (units + 1)
        self.hour_busy = self.hour_waiting = 0.0
        self.stretch_busy = self.stretch_waiting = self.stretch_capacity = 0.0
        self.by_hour = [[0.0, 0.0] for _ in range(WEEK)]
        self.by_stretch = []
        self.kept_time = self.wait_sum = 0.0
        self.served = self.waited = 0

    def add(self, time):
        busy = self.busy
        self.busy_time += busy * time
        self.capacity_time += self.capacity * time
        if busy > self.capacity:
            self.over_time += (busy - self.capacity) * time
        if self.waiting:
            self.waiting_time += self.waiting * time
            self.short_time += time
        self.at_number[busy] += time

    def until(self, now):
        """Accounts for the time until now; before any of the numbers changes."""
        if now <= self.last:
            return
        while now > self.edge:
            self.add(self.edge - self.last)
            self.last = self.edge
            self.end_hour()
        self.add(now - self.last)
        self.last = now

    def end_hour(self):
        hour = self.by_hour[self.hour % WEEK]
        hour[0] += self.busy_time - self.hour_busy
        hour[1] += self.waiting_time - self.hour_waiting
        self.hour_busy = self.busy_time
        self.hour_waiting = self.waiting_time
        self.hour += 1
        if self.hour % self.hours_a_stretch == 0 or self.hour == self.hours:
            self.by_stretch.append((
                self.busy_time - self.stretch_busy,
                self.waiting_time - self.stretch_waiting,
                self.capacity_time - self.stretch_capacity,
            ))
            self.stretch_busy = self.busy_time
            self.stretch_waiting = self.waiting_time
            self.stretch_capacity = self.capacity_time
        self.edge = min((self.hour + 1) * HOUR, self.end)

    def queued(self, now):
        self.until(now)
        self.waiting += 1

    def met(self, now, since, queued):
        """A request for a unit was met, which was made then."""
        self.until(now)
        if queued:
            self.waiting -= 1
        self.busy += 1
        self.served += 1
        if now > since:
            self.waited += 1
            self.wait_sum += now - since

    def freed(self, now, since):
        """A unit was given back that was kept since then."""
        self.until(now)
        self.busy -= 1
        self.kept_time += now - since

    def shift(self, now, capacity):
        self.until(now)
        self.capacity = capacity

    def finish(self):
        self.until(self.end)
        self.end_hour()


class Activity:
    """How often an activity was asked for, begun and ended, and how long that took."""

    __slots__ = ('waits', 'starts', 'ends', 'wait_sum', 'time_sum')

    def __init__(self):
        self.waits = self.starts = self.ends = 0
        self.wait_sum = self.time_sum = 0.0

    def begin(self, now, since):
        self.waits += 1
        self.starts += 1
        self.wait_sum += now - since

    def finish(self, now, since):
        self.ends += 1
        self.time_sum += now - since


class System:
    """Those who are in the system, and both sides of Little's law."""

    __slots__ = ('last', 'here', 'here_time', 'came', 'left', 'stay_sum')

    def __init__(self):
        self.last = self.here_time = self.stay_sum = 0.0
        self.here = self.came = self.left = 0

    def until(self, now):
        self.here_time += self.here * (now - self.last)
        self.last = now

    def arrive(self, now):
        self.until(now)
        self.here += 1
        self.came += 1

    def leave(self, now, since):
        self.until(now)
        self.here -= 1
        self.left += 1
        self.stay_sum += now - since


class Counts:
    """All that is counted of a run. `capacity` has the units of each resource in each of three shifts of eight hours."""

    def __init__(self, capacity, end):
        self.end = end
        self.capacity = capacity
        self.of = {name: Census(max(units), units[0], end) for name, units in capacity.items()}
        self.activities = {}
        self.system = System()

    def activity(self, name, resource):
        key = (name, resource)
        found = self.activities.get(key)
        if found is None:
            found = self.activities[key] = Activity()
        return found

    def shift(self, now, shift):
        for name, units in self.capacity.items():
            self.of[name].shift(now, units[shift])

    def report(self):
        """Mean numbers in use and waiting. What is counted by hour and by stretch must come to the same."""
        self.system.until(self.end)
        busy, queue = {}, {}
        for name, census in self.of.items():
            census.finish()
            for which, total, means in ((0, census.busy_time, busy), (1, census.waiting_time, queue)):
                for parts in (census.by_hour, census.by_stretch):
                    if abs(sum(part[which] for part in parts) - total) > 1e-6 * self.end:
                        raise SystemExit(f'{name}: hours or stretches differ from the whole')
                means[name] = total / self.end
        return {'busy': busy, 'queue': queue, 'here': self.system.here_time / self.end}
