/** What a patient of a program in Python has and does, apart from taking units. */
export const PERSON = `class Person:
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
            for facility in request.served:
                facility.waits.append(wait)

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
            indicator.add(patient, int(patient.outcome == indicator.outcome))`;
