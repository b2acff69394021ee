/** How patients of a program for Ciw ask for units and give them back, and how they come. */
export const PATIENTS = `class Patient(Person):
    @property
    def unit(self):
        """The pool of which the patient keeps a unit."""
        return next(iter(self.kept.values()), None)

    def take(self, site, *needs, slot=None, leaving=(), patience=math.inf, priority=None):
        """
        Waits for a unit and keeps it under the name of the slot; then gives back what was kept until then (\`leaving\`),
        unless it is of the same pool. Returns False where the patience ends before.
        """
        self.note(('request', activity_of(site)))
        own = self.cohort.priority(self) if priority is None else priority
        pool = needs[0][1].pool if needs else None
        request = Request(self, site, slot or site, pool, leaving, max(0.0, patience), own)
        if pool is not None:
            same = [name for name in leaving if self.kept.get(name) is pool]
            if same:
                self.kept[slot or site] = self.kept.pop(same[0])
            else:
                request.count(1)
                if not (yield request):
                    request.count(-1)
                    self.waits[activity_of(site)] = env.now - request.asked
                    return False
                request.meet()
        self.has_waited(request)
        self.give_back(*leaving)
        return True

    def give_back(self, *slots):
        for slot in tuple(slots):
            pool = self.kept.pop(slot, None)
            if pool is not None:
                pool.change(-1)
                pool.serve()

    def release(self, slot, need):
        """Gives back early what a hold keeps."""
        self.give_back(slot)


class Cohort:
    all = []

    def __init__(self, title, ways, arrivals, attributes, priority):
        self.title, self.ways, self.arrivals = title, ways, arrivals
        self.attributes, self.priority = attributes, priority
        self.all.append(self)

    def reset(self):
        self.numbers, self.places = itertools.count(), itertools.count()
        self.coming = iter(()) if self.arrivals is None else self.arrivals()
        self.come()

    def come(self):
        """Goes on to when somebody comes next, and returns how many have come until then."""
        self.came = 0
        delay = next(self.coming, None)
        self.interval = math.inf if delay is None else delay.seconds
        return self.came * len(self.ways)

    def arrive(self):
        self.came += 1

    def newcomer(self):
        """A patient with a way; who has several pathways comes as often."""
        way = next(self.places) % len(self.ways)
        if way == 0:
            self.number = next(self.numbers)
        patient = Patient(self, self.number)
        self.attributes(patient)
        if env.now >= WARM_UP:
            counts['arrivals', self] += 1
        return patient, self.ways[way]`;
