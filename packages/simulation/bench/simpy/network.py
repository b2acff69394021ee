# The urgent-care network for SimPy 2.3 (Debian's python3-simpy). Prints what network.c prints, in the same words.
#   network.py SEED DAYS [COUNTING]     with a number above 0, it counts what the engine counts (counting.py)
import json
import random
import sys
import time
from math import exp, log, sqrt

from counting import Counts
from SimPy.Simulation import PriorityQ, Process, Resource, Simulation, hold, release, request

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


class Absence(Process):
    """Keeps a unit away until a time: from now on, or from when work that goes on is done."""

    def run(self, unit, until):
        yield request, self, unit, 99
        yield hold, self, max(0.0, until - self.sim.now())
        yield release, self, unit


class Shifts(Process):
    def run(self, model):
        units = model.units
        while True:
            shift = int(self.sim.now() // 480) % 3
            if model.counts:
                model.counts.shift(self.sim.now(), shift)
            for name, capacity in CAPACITY.items():
                for _ in range(max(capacity) - capacity[shift]):
                    absence = Absence(sim=self.sim)
                    self.sim.activate(absence, absence.run(units[name], self.sim.now() + 480), prior=True)
            yield hold, self, 480


class Patient(Process):
    def run(self, model):
        self.model, arrival = model, self.sim.now()
        u = random.random()
        self.kind = 0 if u < 0.05 else 1 if u < 0.35 else 2 if u < 0.75 else 3
        self.arrive()
        model.events += 1
        for each in self.steps('Register', None, 'Clerk', lognormal(5, 2)):
            yield each
        for each in self.steps('Triage', 'TriageRoom', 'Nurse', gamma(2, 8)):
            yield each
        if self.kind == 0:
            for each in self.steps('Resus', 'ResusBay', 'Doctor', lognormal(60, 30)):
                yield each
            for each in self.steps('CT0', 'CT', 'Radiographer', gamma(3, 25)):
                yield each
            if random.random() < 0.6:
                since = self.sim.now()
                yield self.take('WardBed')
                self.met('WardBed', 'Ward0', since)
                self.rest('Stay0')
                yield self.stay(lognormal(2880, 2000))
                self.rested('Stay0')
                yield self.give('WardBed', 'Ward0')
        elif self.kind == 1:
            since = self.sim.now()
            yield self.take('Cubicle')
            self.met('Cubicle', 'Cubicle1', since)
            for each in self.steps('See1', 'Doctor', 'Nurse', lognormal(20, 10)):
                yield each
            while True:
                for each in self.steps('L', None, 'Nurse', gamma(2, 6)):
                    yield each
                for each in self.steps('Lab', None, 'LabTech', lognormal(35, 15)):
                    yield each
                if random.random() < 0.45:
                    for each in self.steps('CT1', 'CT', 'Radiographer', gamma(3, 25)):
                        yield each
                for each in self.steps('Review', None, 'Doctor', lognormal(12, 6)):
                    yield each
                if random.random() >= 0.15:
                    break
            if random.random() < 0.35:
                since = self.sim.now()
                yield self.take('WardBed')
                self.met('WardBed', 'Ward1', since)
                since = self.sim.now()
                yield self.take('Porter')
                self.met('Porter', 'Move', since)
                yield self.stay(15)
                yield self.give('Porter', 'Move')
                yield self.give('Cubicle', 'Cubicle1')
                self.rest('Stay1')
                yield self.stay(gamma(1.5, 2880))
                self.rested('Stay1')
                yield self.give('WardBed', 'Ward1')
            else:
                yield self.give('Cubicle', 'Cubicle1')
                if random.random() < 0.5:
                    for each in self.steps('Dispense1', None, 'Pharmacist', lognormal(10, 5)):
                        yield each
        elif self.kind == 2:
            for each in self.steps('Treat2', 'MinorRoom', 'NP', lognormal(18, 9)):
                yield each
            if random.random() < 0.3:
                for each in self.steps('XRay', 'XRayRoom', 'Radiographer', gamma(2, 12)):
                    yield each
                for each in self.steps('After2', None, 'NP', lognormal(8, 4)):
                    yield each
        else:
            for each in self.steps('See3', None, 'GP', lognormal(12, 5)):
                yield each
            if random.random() < 0.4:
                for each in self.steps('Dispense3', None, 'Pharmacist', lognormal(10, 5)):
                    yield each
        self.leave(arrival)

    def steps(self, what, room, who, minutes):
        """Takes a room, then someone, and gives both back after a time."""
        names = [name for name in (room, who) if name]
        for name in names:
            since = self.sim.now()
            yield self.take(name)
            self.met(name, what, since)
        yield self.stay(minutes)
        for name in reversed(names):
            yield self.give(name, what)

    def take(self, name):
        return request, self, self.model.units[name], 3 - self.kind

    def give(self, name, what):
        return release, self, self.model.units[name]

    def stay(self, minutes):
        self.model.events += 1
        return hold, self, minutes

    def met(self, name, what, since):
        wait = self.model.waits[name]
        wait[0] += 1
        wait[1] += self.sim.now() - since

    def arrive(self):
        pass

    def leave(self, arrival):
        left = self.model.left[self.kind]
        left[0] += 1
        left[1] += self.sim.now() - arrival

    def rest(self, what):
        """A time begins that needs nobody beside the bed."""

    def rested(self, what):
        pass


class CountingPatient(Patient):
    def take(self, name):
        self.queued = self.model.units[name].n == 0
        if self.queued:
            self.model.counts.of[name].queued(self.sim.now())
        return Patient.take(self, name)

    def met(self, name, what, since):
        Patient.met(self, name, what, since)
        now, counts = self.sim.now(), self.model.counts
        counts.of[name].met(now, since, self.queued)
        counts.activity(what, name).begin(now, since)
        self.taken[name] = now

    def give(self, name, what):
        now, since, counts = self.sim.now(), self.taken[name], self.model.counts
        counts.of[name].freed(now, since)
        counts.activity(what, name).finish(now, since)
        return Patient.give(self, name, what)

    def arrive(self):
        self.taken = {}
        self.model.counts.system.arrive(self.sim.now())

    def leave(self, arrival):
        Patient.leave(self, arrival)
        self.model.counts.system.leave(self.sim.now(), arrival)

    def rest(self, what):
        self.resting = self.sim.now()
        self.model.counts.activity(what, None).begin(self.resting, self.resting)

    def rested(self, what):
        self.model.counts.activity(what, None).finish(self.sim.now(), self.resting)


class Source(Process):
    def run(self, model):
        while True:
            wait = 0.0
            while True:
                wait += random.expovariate(8.3333 * 1.7 / 60)
                if random.random() * 1.7 < RATE[int((self.sim.now() + wait) // 60) % 24]:
                    break
            yield hold, self, wait
            patient = model.patient(sim=self.sim)
            self.sim.activate(patient, patient.run(model))


class Network(Simulation):
    def __init__(self, counts):
        Simulation.__init__(self)
        self.initialize()
        self.units = {
            name: Resource(capacity=max(capacity), qType=PriorityQ, sim=self) for name, capacity in CAPACITY.items()
        }
        self.waits = {name: [0, 0.0] for name in CAPACITY}
        self.left = [[0, 0.0] for _ in range(4)]
        self.events = 0
        self.counts = counts
        self.patient = CountingPatient if counts else Patient


end = float(sys.argv[2]) * 1440
counts = Counts(CAPACITY, end) if sys.argv[3:] not in ([], ['0']) else None
random.seed(int(sys.argv[1]))
start = time.process_time()
network = Network(counts)
shifts = Shifts(sim=network)
network.activate(shifts, shifts.run(network))
source = Source(sim=network)
network.activate(source, source.run(network))
network.simulate(until=end)
found = counts.report() if counts else {}
print(json.dumps({
    'events': network.events,
    'seconds': time.process_time() - start,
    'classes': [{'left': count, 'time': total / max(1, count)} for count, total in network.left],
    'waits': {name: total / max(1, count) for name, (count, total) in network.waits.items()},
    **found,
}))
