/** One replication with SimPy. */
export const REPLICATE = `def replicate(number, seed):
    """One replication: the value of each figure."""
    global env
    random.seed(f'{seed}/{number}')
    env = simpy.Environment()
    lines.clear()
    big_lines.clear()
    freed.clear()
    site_queues.update({site: Level() for site in site_queues})
    counts.clear()
    durations.clear()
    for each in (*Joint.all, *Facility.all, *Pool.all, *Time.all, *Wait.all, *Outcome.all):
        each.reset()
    for pool in Pool.all:
        pool.begin()
    begin()
    for cohort in Cohort.all:
        cohort.reset()
    env.run(until=END)
    return {key: value(*arguments) for key, _, _, value, arguments in FIGURES}`;
