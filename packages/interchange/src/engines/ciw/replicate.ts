/** One replication with Ciw. */
export const REPLICATE = `CLASSES = {f'{place + 1} {cohort.title}': cohort for place, cohort in enumerate(Cohort.all)}


def network():
    """A node for each pool, and one for those who keep nothing, where everybody arrives. Each cohort is a class."""
    none = [None] * len(Pool.all)
    patience = [Patience() if pool.is_impatient else None for pool in Pool.all]
    return ciw.create_network(
        number_of_servers=[math.inf, *(pool.servers() for pool in Pool.all)],
        queue_capacities=[math.inf, *(0 if pool.waits_outside else math.inf for pool in Pool.all)],
        service_disciplines=[first_in_line for _ in (ELSEWHERE, *Pool.all)],
        arrival_distributions={
            name: [Interval(cohort) if cohort.arrivals else None, *none] for name, cohort in CLASSES.items()
        },
        batching_distributions={name: [Batch(cohort)] * (1 + len(Pool.all)) for name, cohort in CLASSES.items()},
        service_distributions={name: [Service() for _ in (ELSEWHERE, *Pool.all)] for name in CLASSES},
        reneging_time_distributions={name: [None, *patience] for name in CLASSES},
        routing={name: Routing() for name in CLASSES},
    )


def replicate(number, seed):
    """One replication: the value of each figure."""
    random.seed(f'{seed}/{number}')
    env.simulation = None
    site_queues.update({site: Level() for site in site_queues})
    counts.clear()
    durations.clear()
    for each in (*Joint.all, *Facility.all, *Pool.all, *Time.all, *Wait.all, *Outcome.all, *Cohort.all):
        each.reset()
    for facility in Facility.all:
        facility.count()
    env.simulation = Simulation(network(), node_class=Node, individual_class=Individual)
    env.simulation.simulate_until_max_time(END)
    return {key: value(*arguments) for key, _, _, value, arguments in FIGURES}`;
