# The urgent-care network for SimPy 4, which Debian does not have. Prints what network.c prints, in the same words.
#   network4.py SEED DAYS
# Each release is waited for: SimPy 4 gives a freed unit away only when the release is processed, and whoever frees a
# nurse and at once asks for one would else go before those who wait (mean wait 0.435 minutes instead of 0.458).
import json
import random
import sys
import time
from math import log, sqrt

import simpy

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
    def __init__(self, env):
        self.env = env
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
        for name, capacity in CAPACITY.items():
            for _ in range(max(capacity) - capacity[shift]):
                env.process(absence(env, model.units[name], env.now + 480))
        yield env.timeout(480)


def patient(env, model):
    units, arrival = model.units, env.now
    u = random.random()
    kind = 0 if u < 0.05 else 1 if u < 0.35 else 2 if u < 0.75 else 3

    def take(name):
        since = env.now
        mine = units[name].request(priority=kind)
        if not mine.triggered:
            yield mine
        wait = model.waits[name]
        wait[0] += 1
        wait[1] += env.now - since
        return mine

    def stay(minutes):
        model.events += 1
        return env.timeout(minutes)

    def steps(room, who, minutes):
        taken = []
        for name in (room, who):
            if name:
                taken.append((name, (yield from take(name))))
        yield stay(minutes)
        for name, mine in reversed(taken):
            yield units[name].release(mine)

    model.events += 1
    yield from steps(None, 'Clerk', lognormal(5, 2))
    yield from steps('TriageRoom', 'Nurse', gamma(2, 8))
    if kind == 0:
        yield from steps('ResusBay', 'Doctor', lognormal(60, 30))
        yield from steps('CT', 'Radiographer', gamma(3, 25))
        if random.random() < 0.6:
            yield from steps(None, 'WardBed', lognormal(2880, 2000))
    elif kind == 1:
        cubicle = yield from take('Cubicle')
        yield from steps('Doctor', 'Nurse', lognormal(20, 10))
        while True:
            yield from steps(None, 'Nurse', gamma(2, 6))
            yield from steps(None, 'LabTech', lognormal(35, 15))
            if random.random() < 0.45:
                yield from steps('CT', 'Radiographer', gamma(3, 25))
            yield from steps(None, 'Doctor', lognormal(12, 6))
            if random.random() >= 0.15:
                break
        if random.random() < 0.35:
            bed = yield from take('WardBed')
            porter = yield from take('Porter')
            yield stay(15)
            yield units['Porter'].release(porter)
            yield units['Cubicle'].release(cubicle)
            yield stay(gamma(1.5, 2880))
            yield units['WardBed'].release(bed)
        else:
            yield units['Cubicle'].release(cubicle)
            if random.random() < 0.5:
                yield from steps(None, 'Pharmacist', lognormal(10, 5))
    elif kind == 2:
        yield from steps('MinorRoom', 'NP', lognormal(18, 9))
        if random.random() < 0.3:
            yield from steps('XRayRoom', 'Radiographer', gamma(2, 12))
            yield from steps(None, 'NP', lognormal(8, 4))
    else:
        yield from steps(None, 'GP', lognormal(12, 5))
        if random.random() < 0.4:
            yield from steps(None, 'Pharmacist', lognormal(10, 5))
    left = model.left[kind]
    left[0] += 1
    left[1] += env.now - arrival


def source(env, model):
    while True:
        wait = 0.0
        while True:
            wait += random.expovariate(8.3333 * 1.7 / 60)
            if random.random() * 1.7 < RATE[int((env.now + wait) // 60) % 24]:
                break
        yield env.timeout(wait)
        env.process(patient(env, model))


random.seed(int(sys.argv[1]))
start = time.process_time()
env = simpy.Environment()
network = Model(env)
env.process(shifts(env, network))
env.process(source(env, network))
env.run(until=float(sys.argv[2]) * 1440)
print(json.dumps({
    'events': network.events,
    'seconds': time.process_time() - start,
    'classes': [{'left': count, 'time': total / max(1, count)} for count, total in network.left],
    'waits': {name: total / max(1, count) for name, (count, total) in network.waits.items()},
}))
