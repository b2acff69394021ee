/** How a program in Python is run and what it prints: its end, after a function `replicate`. */
export const MAIN = `STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
           2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042)


def half_width(values):
    """Of the 95 % interval of a mean. Beyond 30 degrees of freedom Student's t is approximated within 0.001."""
    if len(values) < 2:
        return math.nan
    degrees = len(values) - 1
    t = STUDENT[degrees - 1] if degrees <= 30 else 1.95996 + 2.3723 / degrees + 2.82 / degrees**2
    return t * statistics.stdev(values) / math.sqrt(len(values))


UNITS = (('d', DAY, 2 * DAY), ('h', HOUR, 3 * HOUR), ('min', MINUTE, 2 * MINUTE), ('s', 1, 0))


def told(value, half, unit):
    """A figure with its half-width; times in a unit that fits."""
    if math.isnan(value):
        return '-'
    name, factor = unit, 1
    if unit == 'duration':
        name, factor = next((name, factor) for name, factor, least in UNITS if abs(value) >= least)
    if unit == 'share':
        name, factor = '%', 0.01
    return f'{value / factor:.4g} +/- {half / factor:.2g} {name}'.rstrip()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\\n')[0])
    parser.add_argument('--replications', type=int, default=REPLICATIONS)
    parser.add_argument('--seed', type=int, default=SEED)
    parser.add_argument('--json', action='store_true', help='the figures of each replication, as JSON')
    options = parser.parse_args()
    runs = [replicate(number, options.seed) for number in range(options.replications)]
    if options.json:
        print(json.dumps([{key: None if math.isnan(value) else value for key, value in run.items()} for run in runs]))
        return
    print(f'{len(runs)} replications, mean +/- half-width of the 95 % interval')
    for key, title, unit, _, _ in FIGURES:
        values = [run[key] for run in runs if not math.isnan(run[key])]
        print(f'{title:60} {told(mean(values), half_width(values), unit)}')


if __name__ == '__main__':
    main()
`;
