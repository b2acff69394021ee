/** Parts of a program in Python that are the same for every model, in the order in which they stand in it. */
export interface ToolkitPart {
  readonly name: string;
  /** Other parts that it needs. */
  readonly needs?: readonly string[];
  readonly text: string;
}

const law = (name: string, text: string, needs: readonly string[] = []): ToolkitPart => ({ name, text, needs });

/** Laws of probability: a program has those that it draws from. */
export const LAWS: readonly ToolkitPart[] = [
  law(
    'exponential',
    `def exponential(mean):
    return random.expovariate(1 / mean) if mean > 0 else 0.0`,
  ),
  law(
    'uniform',
    `def uniform(low, high):
    return random.uniform(low, high)`,
  ),
  law(
    'triangular',
    `def triangular(low, mode, high):
    return random.triangular(low, high, mode)`,
  ),
  law(
    'pert',
    `def pert(low, mode, high):
    if high <= low:
        return low
    a = 1 + 4 * (mode - low) / (high - low)
    b = 1 + 4 * (high - mode) / (high - low)
    return low + (high - low) * random.betavariate(a, b)`,
  ),
  law(
    'normal',
    `def normal(mean, sd):
    return random.gauss(mean, sd)`,
  ),
  law(
    'lognormal',
    `def lognormal(mean, sd):
    """By the mean and standard deviation of the values themselves, not of their logarithms."""
    variance = math.log(1 + (sd / mean) ** 2)
    return random.lognormvariate(math.log(mean) - variance / 2, math.sqrt(variance))`,
  ),
  law(
    'lognormal_of_logs',
    `def lognormal_of_logs(mu, sigma):
    return random.lognormvariate(mu, sigma)`,
  ),
  law(
    'gamma',
    `def gamma(shape, scale):
    return random.gammavariate(shape, scale) if scale > 0 else 0.0`,
  ),
  law(
    'gamma_of_mean',
    `def gamma_of_mean(mean, sd):
    return gamma((mean / sd) ** 2, sd**2 / mean) if sd > 0 else mean`,
    ['gamma'],
  ),
  law(
    'erlang',
    `def erlang(stages, mean):
    return gamma(stages, mean / stages)`,
    ['gamma'],
  ),
  law(
    'weibull',
    `def weibull(shape, scale):
    return random.weibullvariate(scale, shape) if scale > 0 else 0.0`,
  ),
  law(
    'weibull_of_mean',
    `@functools.lru_cache(maxsize=None)
def weibull_shape(variation):
    """The shape whose standard deviation is so many times the mean, by bisection."""
    low, high = 0.05, 500.0
    for _ in range(200):
        shape = math.sqrt(low * high)
        squared = math.exp(math.lgamma(1 + 2 / shape) - 2 * math.lgamma(1 + 1 / shape)) - 1
        low, high = (shape, high) if squared > variation**2 else (low, shape)
    return low


def weibull_of_mean(mean, sd):
    shape = weibull_shape(sd / mean)
    return weibull(shape, mean / math.gamma(1 + 1 / shape))`,
    ['weibull'],
  ),
  law(
    'beta',
    `def beta(alpha, beta):
    return random.betavariate(alpha, beta)`,
  ),
  law(
    'beta_of_mean',
    `def beta_of_mean(mean, sd):
    total = mean * (1 - mean) / sd**2 - 1
    return random.betavariate(mean * total, (1 - mean) * total)`,
  ),
  law(
    'poisson',
    `def poisson(mean):
    """How many of the arrivals at rate 1 come within the mean."""
    count, time = 0, random.expovariate(1)
    while time <= mean:
        count, time = count + 1, time + random.expovariate(1)
    return count`,
  ),
  law(
    'binomial',
    `def binomial(trials, probability):
    return sum(random.random() < probability for _ in range(round(trials)))`,
  ),
  law(
    'geometric',
    `def geometric(probability):
    """Attempts up to and including the first success."""
    return 1 if probability >= 1 else max(1, math.ceil(math.log(1 - random.random()) / math.log1p(-probability)))`,
  ),
  law(
    'pick',
    `def pick(values, weights=None):
    return random.choices(values, weights)[0]`,
  ),
  law(
    'within',
    `def within(draw, low, high):
    """Draws again until the value lies between the two."""
    for _ in range(10_000):
        value = draw()
        if low <= value <= high:
            return value
    raise ValueError(f'no draw lies between {low} and {high}')`,
  ),
  law(
    'element',
    `def element(values, place):
    """The value at a place, counted from 0; the first or last where there is none."""
    return values[min(max(math.floor(place), 0), len(values) - 1)]`,
  ),
  law(
    'rounded',
    `def rounded(value):
    return math.floor(value + 0.5)`,
  ),
  law(
    'one_of_shares',
    `def one_of_shares(*shares):
    """The place of a share that was hit; as many as there are where none was."""
    left = random.random()
    for place, share in enumerate(shares):
        if left < share:
            return place
        left -= share
    return len(shares)`,
  ),
];
