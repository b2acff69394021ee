# The urgent-care network for SimPy 2.3 (Debian's python3-simpy). Prints what network.c prints, in the same words.
#   network.py SEED DAYS
import json
import random
import sys
import time
from math import exp, log, sqrt

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
    def run(self, units):
        while True:
            shift = int(self.sim.now() // 480) % 3
            for name, capacity in CAPACITY.items():
                for _ in range(max(capacity) - capacity[shift]):
                    absence = Absence(sim=self.sim)
                    self.sim.activate(absence, absence.run(units[name], self.sim.now() + 480), prior=True)
            yield hold, self, 480


class Patient(Process):
    def run(self, model):
        units, arrival = model.units, self.sim.now()
        u = random.random()
        kind = 0 if u < 0.05 else 1 if u < 0.35 else 2 if u < 0.75 else 3

        def take(name):
            return request, self, units[name], 3 - kind

        def give(name):
            return release, self, units[name]

        def stay(minutes):
            model.events += 1
            return hold, self, minutes

        def met(name, since):
            wait = model.waits[name]
            wait[0] += 1
            wait[1] += self.sim.now() - since

        def steps(room, who, minutes):
            """Takes a room, then someone, and gives both back after a time."""
            names = [name for name in (room, who) if name]
            for name in names:
                since = self.sim.now()
                yield take(name)
                met(name, since)
            yield stay(minutes)
            for name in reversed(names):
                yield give(name)

        model.events += 1
        for each in steps(None, 'Clerk', lognormal(5, 2)):
            yield each
        for each in steps('TriageRoom', 'Nurse', gamma(2, 8)):
            yield each
        if kind == 0:
            for each in steps('ResusBay', 'Doctor', lognormal(60, 30)):
                yield each
            for each in steps('CT', 'Radiographer', gamma(3, 25)):
                yield each
            if random.random() < 0.6:
                for each in steps(None, 'WardBed', lognormal(2880, 2000)):
                    yield each
        elif kind == 1:
            since = self.sim.now()
            yield take('Cubicle')
            met('Cubicle', since)
            for each in steps('Doctor', 'Nurse', lognormal(20, 10)):
                yield each
            while True:
                for each in steps(None, 'Nurse', gamma(2, 6)):
                    yield each
                for each in steps(None, 'LabTech', lognormal(35, 15)):
                    yield each
                if random.random() < 0.45:
                    for each in steps('CT', 'Radiographer', gamma(3, 25)):
                        yield each
                for each in steps(None, 'Doctor', lognormal(12, 6)):
                    yield each
                if random.random() >= 0.15:
                    break
            if random.random() < 0.35:
                since = self.sim.now()
                yield take('WardBed')
                met('WardBed', since)
                since = self.sim.now()
                yield take('Porter')
                met('Porter', since)
                yield stay(15)
                yield give('Porter')
                yield give('Cubicle')
                yield stay(gamma(1.5, 2880))
                yield give('WardBed')
            else:
                yield give('Cubicle')
                if random.random() < 0.5:
                    for each in steps(None, 'Pharmacist', lognormal(10, 5)):
                        yield each
        elif kind == 2:
            for each in steps('MinorRoom', 'NP', lognormal(18, 9)):
                yield each
            if random.random() < 0.3:
                for each in steps('XRayRoom', 'Radiographer', gamma(2, 12)):
                    yield each
                for each in steps(None, 'NP', lognormal(8, 4)):
                    yield each
        else:
            for each in steps(None, 'GP', lognormal(12, 5)):
                yield each
            if random.random() < 0.4:
                for each in steps(None, 'Pharmacist', lognormal(10, 5)):
                    yield each
        left = model.left[kind]
        left[0] += 1
        left[1] += self.sim.now() - arrival


class Source(Process):
    def run(self, model):
        while True:
            wait = 0.0
            while True:
                wait += random.expovariate(8.3333 * 1.7 / 60)
                if random.random() * 1.7 < RATE[int((self.sim.now() + wait) // 60) % 24]:
                    break
            yield hold, self, wait
            patient = Patient(sim=self.sim)
            self.sim.activate(patient, patient.run(model))


class Network(Simulation):
    def __init__(self):
        Simulation.__init__(self)
        self.initialize()
        self.units = {
            name: Resource(capacity=max(capacity), qType=PriorityQ, sim=self) for name, capacity in CAPACITY.items()
        }
        self.waits = {name: [0, 0.0] for name in CAPACITY}
        self.left = [[0, 0.0] for _ in range(4)]
        self.events = 0


random.seed(int(sys.argv[1]))
start = time.process_time()
network = Network()
shifts = Shifts(sim=network)
network.activate(shifts, shifts.run(network.units))
source = Source(sim=network)
network.activate(source, source.run(network))
network.simulate(until=float(sys.argv[2]) * 1440)
print(json.dumps({
    'events': network.events,
    'seconds': time.process_time() - start,
    'classes': [{'left': count, 'time': total / max(1, count)} for count, total in network.left],
    'waits': {name: total / max(1, count) for name, (count, total) in network.waits.items()},
}))
