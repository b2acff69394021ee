# The urgent-care network for SimPy 4, which Debian does not have. Prints what network.c prints, in the same words.
#   network4.py SEED DAYS [COUNTING]     with a number above 0, it counts what the engine counts (counting.py)
# Each release is waited for: SimPy 4 gives a freed unit away only when the release is processed, and whoever frees a
# nurse and at once asks for one would else go before those who wait (mean wait 0.435 minutes instead of 0.458).
import json
import random
import sys
import time
from math import log, sqrt

import simpy
from counting import Counts

CAPACITY = {
    'Clerk': (1, 2, 2), 'TriageRoom': (3, 3, 3), 'Nurse': (3, 5, 5), 'Doctor': (2, 4, 4),
    'ResusBay': (3, 3, 3), 'CT': (2, 2, 2), 'Radiographer': (1, 3, 3), 'Cubicle': (14, 14, 14),
    'LabTech': (2, 4, 4), 'WardBed': (62, 62, 62), 'Porter': (1, 1, 1), 'MinorRoom': (3, 3, 3),
    'NP': (1, 3, 3), 'GP': (1, 2, 1), 'Pharmacist': (1, 1, 1), 'XRayRoom': (1, 1, 1),
}
RATE = [.40, .35, .30, .30, .30, .35, .50, .75, 1.10, 1.50, 1.70, 1.70,
        1.60, 1.50, 1.45, 1.45, 1.40, 1.40, 1.35, 1.30, 1.20, 1.00, .70, .40]


def lognormal(mean, sd):
    variance = log(1 + sd * sd / (mean * mean))
    return random.lognormvariate(log(mean) - variance / 2, sqrt(variance))


def gamma(shape, mean):
    return random.gammavariate(shape, mean / shape)


class Model:
    def __init__(self, env, counts):
        self.env = env
        self.counts = counts
        self.units = {name: simpy.PriorityResource(env, max(c)) for name, c in CAPACITY.items()}
        self.waits = {name: [0, 0.0] for name in CAPACITY}
        self.left = [[0, 0.0] for _ in range(4)]
        self.events = 0


def absence(env, unit, until):
    with unit.request(priority=-1) as mine:
        yield mine
        yield env.timeout(max(0.0, until - env.now))


def shifts(env, model):
    while True:
        shift = int(env.now // 480) % 3
        if model.counts:
            model.counts.shift(env.now, shift)
        for name, capacity in CAPACITY.items():
            for _ in range(max(capacity) - capacity[shift]):
                env.process(absence(env, model.units[name], env.now + 480))
        yield env.timeout(480)


class Patient:
    def __init__(self, env, model):
        self.env, self.model = env, model

    def run(self):
        model, arrival = self.model, self.env.now
        u = random.random()
        self.kind = 0 if u < 0.05 else 1 if u < 0.35 else 2 if u < 0.75 else 3
        self.arrive()
        model.events += 1
        yield from self.steps('Register', None, 'Clerk', lognormal(5, 2))
        yield from self.steps('Triage', 'TriageRoom', 'Nurse', gamma(2, 8))
        if self.kind == 0:
            yield from self.steps('Resus', 'ResusBay', 'Doctor', lognormal(60, 30))
            yield from self.steps('CT0', 'CT', 'Radiographer', gamma(3, 25))
            if random.random() < 0.6:
                bed = yield from self.take('WardBed', 'Ward0')
                self.rest('Stay0')
                yield self.stay(lognormal(2880, 2000))
                self.rested('Stay0')
                yield self.give('WardBed', 'Ward0', bed)
        elif self.kind == 1:
            cubicle = yield from self.take('Cubicle', 'Cubicle1')
            yield from self.steps('See1', 'Doctor', 'Nurse', lognormal(20, 10))
            while True:
                yield from self.steps('L', None, 'Nurse', gamma(2, 6))
                yield from self.steps('Lab', None, 'LabTech', lognormal(35, 15))
                if random.random() < 0.45:
                    yield from self.steps('CT1', 'CT', 'Radiographer', gamma(3, 25))
                yield from self.steps('Review', None, 'Doctor', lognormal(12, 6))
                if random.random() >= 0.15:
                    break
            if random.random() < 0.35:
                bed = yield from self.take('WardBed', 'Ward1')
                porter = yield from self.take('Porter', 'Move')
                yield self.stay(15)
                yield self.give('Porter', 'Move', porter)
                yield self.give('Cubicle', 'Cubicle1', cubicle)
                self.rest('Stay1')
                yield self.stay(gamma(1.5, 2880))
                self.rested('Stay1')
                yield self.give('WardBed', 'Ward1', bed)
            else:
                yield self.give('Cubicle', 'Cubicle1', cubicle)
                if random.random() < 0.5:
                    yield from self.steps('Dispense1', None, 'Pharmacist', lognormal(10, 5))
        elif self.kind == 2:
            yield from self.steps('Treat2', 'MinorRoom', 'NP', lognormal(18, 9))
            if random.random() < 0.3:
                yield from self.steps('XRay', 'XRayRoom', 'Radiographer', gamma(2, 12))
                yield from self.steps('After2', None, 'NP', lognormal(8, 4))
        else:
            yield from self.steps('See3', None, 'GP', lognormal(12, 5))
            if random.random() < 0.4:
                yield from self.steps('Dispense3', None, 'Pharmacist', lognormal(10, 5))
        self.leave(arrival)

    def steps(self, what, room, who, minutes):
        taken = []
        for name in (room, who):
            if name:
                taken.append((name, (yield from self.take(name, what))))
        yield self.stay(minutes)
        for name, mine in reversed(taken):
            yield self.give(name, what, mine)

    def take(self, name, what):
        since = self.env.now
        mine = self.model.units[name].request(priority=self.kind)
        if not mine.triggered:
            yield mine
        wait = self.model.waits[name]
        wait[0] += 1
        wait[1] += self.env.now - since
        return mine

    def give(self, name, what, mine):
        return self.model.units[name].release(mine)

    def stay(self, minutes):
        self.model.events += 1
        return self.env.timeout(minutes)

    def arrive(self):
        pass

    def leave(self, arrival):
        left = self.model.left[self.kind]
        left[0] += 1
        left[1] += self.env.now - arrival

    def rest(self, what):
        """A time begins that needs nobody beside the bed."""

    def rested(self, what):
        pass


class CountingPatient(Patient):
    def take(self, name, what):
        env, counts = self.env, self.model.counts
        since = env.now
        mine = self.model.units[name].request(priority=self.kind)
        queued = not mine.triggered
        if queued:
            counts.of[name].queued(since)
            yield mine
        now = env.now
        wait = self.model.waits[name]
        wait[0] += 1
        wait[1] += now - since
        counts.of[name].met(now, since, queued)
        counts.activity(what, name).begin(now, since)
        self.taken[name] = now
        return mine

    def give(self, name, what, mine):
        now, since, counts = self.env.now, self.taken[name], self.model.counts
        counts.of[name].freed(now, since)
        counts.activity(what, name).finish(now, since)
        return Patient.give(self, name, what, mine)

    def arrive(self):
        self.taken = {}
        self.model.counts.system.arrive(self.env.now)

    def leave(self, arrival):
        Patient.leave(self, arrival)
        self.model.counts.system.leave(self.env.now, arrival)

    def rest(self, what):
        self.resting = self.env.now
        self.model.counts.activity(what, None).begin(self.resting, self.resting)

    def rested(self, what):
        self.model.counts.activity(what, None).finish(self.env.now, self.resting)


def source(env, model):
    kind = CountingPatient if model.counts else Patient
    while True:
        wait = 0.0
        while True:
            wait += random.expovariate(8.3333 * 1.7 / 60)
            if random.random() * 1.7 < RATE[int((env.now + wait) // 60) % 24]:
                break
        yield env.timeout(wait)
        env.process(kind(env, model).run())


end = float(sys.argv[2]) * 1440
counts = Counts(CAPACITY, end) if sys.argv[3:] not in ([], ['0']) else None
random.seed(int(sys.argv[1]))
start = time.process_time()
env = simpy.Environment()
network = Model(env, counts)
env.process(shifts(env, network))
env.process(source(env, network))
env.run(until=end)
found = counts.report() if counts else {}
print(json.dumps({
    'events': network.events,
    'seconds': time.process_time() - start,
    'classes': [{'left': count, 'time': total / max(1, count)} for count, total in network.left],
    'waits': {name: total / max(1, count) for name, (count, total) in network.waits.items()},
    **found,
}))
