/** How patients of a program for SimPy take units and give them back, and how they come. */
export const PATIENTS = `class Patient(Person):
    def take(self, site, *needs, slot=None, leaving=(), patience=math.inf, priority=None):
        """
        Waits until all needs are met at once and keeps them under the name of the slot; then gives back what was kept until
        then (\`leaving\`), of which units that meet a need are kept. Returns False where the patience ends before.
        """
        self.note(('request', activity_of(site)))
        request = self.request(site, slot or site, needs, leaving, priority)
        if request.try_now():
            return True
        request.join_queue()
        self.requests[request.slot] = request
        if patience < math.inf:
            Later(patience, PATIENCE).callbacks.append(lambda _: request.run_out())
        yield request.met
        if request.has_run_out:
            self.give_up(request.slot)
            self.unkeep(request)
            self.waits[activity_of(site)] = env.now - request.asked
            return False
        self.requests.pop(request.slot, None)
        return True

    def try_to_take(self, site, *needs, slot=None, leaving=()):
        """As take, but never waits: False where it is not free."""
        request = self.request(site, slot or site, needs, leaving, None)
        if request.try_now():
            self.note(('request', activity_of(site)))
            return True
        self.unkeep(request)
        return False

    def request(self, site, slot, needs, leaving, priority):
        wanted = [(max(0, rounded(amount)), targets) for amount, *targets in needs]
        own = self.cohort.priority(self) if priority is None else priority
        request = Request(self, site, slot, wanted, leaving, own)
        for need, (amount, targets) in enumerate(wanted):
            for units in (each for name in leaving for each in self.kept.get(name, [])):
                for place, (pool, count) in enumerate(units):
                    moved = min(amount, count) if any(pool in target.pools for target in targets) else 0
                    if moved > 0:
                        units[place] = (pool, count - moved)
                        request.kept[need].append((pool, moved))
                        amount -= moved
            request.needs[need] = (amount, targets)
        return request

    def unkeep(self, request):
        """What would have been kept for a request that was not met stays where it was."""
        if request.leaving:
            self.kept.setdefault(request.leaving[0], []).extend(request.kept)

    def give_up(self, slot):
        request = self.requests.pop(slot, None)
        if request is not None and (request.has_run_out or not request.met.triggered):
            request.leave_queue()
            freed.update(request.pools)
            serve()

    def give_back(self, *slots):
        self.free([units for slot in tuple(slots) for units in self.kept.pop(slot, [])])

    def release(self, slot, need):
        """Gives back one need of a hold early."""
        if slot in self.kept:
            units, self.kept[slot][need] = self.kept[slot][need], []
            self.free([units])

    def free(self, needs):
        given = [(pool, count) for units in needs for pool, count in units if count > 0]
        for pool, count in given:
            pool.give_back(count)
        if given:
            changed(*dict.fromkeys(pool for pool, _ in given))


class Cohort:
    all = []

    def __init__(self, title, ways, arrivals, attributes, priority):
        self.title, self.ways, self.arrivals = title, ways, arrivals
        self.attributes, self.priority = attributes, priority
        self.all.append(self)

    def reset(self):
        self.numbers = itertools.count()
        if self.arrivals is not None:
            env.process(self.arrivals())

    def arrive(self):
        number = next(self.numbers)
        for way in self.ways:
            patient = Patient(self, number)
            self.attributes(patient)
            if env.now >= WARM_UP:
                counts['arrivals', self] += 1
            env.process(live(patient, way))`;
