import type { XmlElement } from '../xml-tree.js';
import { all, local } from './read-parts.js';

/** Numbers of BPSim, by the id of the element; laws in the words of the language. */
export interface ReadBpsim {
  /** How likely ways are. */
  readonly shares: ReadonlyMap<string, number>;
  /** How long activities take. */
  readonly times: ReadonlyMap<string, string>;
  /** Times between arrivals at starts. */
  readonly arrivals: ReadonlyMap<string, string>;
  /** Parameters that are not read, by their names, with how many there are and the line of the first. */
  readonly unread: ReadonlyMap<string, { readonly line: number; readonly count: number }>;
}

const TIME_UNITS: Readonly<Record<string, string>> = { ms: 's', s: 's', min: 'min', hour: 'h', day: 'd' };

/** Times, shares and arrivals of the first scenario of BPSim 1.0 or 2.0; everything else is counted as not read. */
export function bpsimOf(root: XmlElement): ReadBpsim {
  const shares = new Map<string, number>();
  const times = new Map<string, string>();
  const arrivals = new Map<string, string>();
  const unread = new Map<string, { line: number; count: number }>();
  const leave = (name: string, line: number): void => {
    const known = unread.get(name);
    if (known === undefined) unread.set(name, { line, count: 1 });
    else known.count++;
  };
  const [scenario, ...others] = all(root, 'relationship')
    .flatMap((each) => all(each, 'extensionElements'))
    .flatMap((each) => all(each, 'BPSimData'))
    .flatMap((each) => all(each, 'Scenario'));
  for (const { line } of others) leave('further scenarios', line);
  if (scenario === undefined) return { shares, times, arrivals, unread };
  const { baseTimeUnit = 'min' } = all(scenario, 'ScenarioParameters')[0]?.attributes ?? {};
  const unit = TIME_UNITS[baseTimeUnit] ?? 'min';
  const scale = baseTimeUnit === 'ms' ? 0.001 : 1;
  const read = (element: string, { name, children, line }: XmlElement): void => {
    const [law] = children;
    const text = law === undefined ? undefined : lawText(law, unit, scale);
    const share = Number(law?.attributes.value ?? Number.NaN);
    if (name === 'Probability' && share >= 0 && share <= 1) shares.set(element, share);
    else if (name === 'ProcessingTime' && text !== undefined) times.set(element, text);
    else if (name === 'InterTriggerTimer' && text !== undefined) arrivals.set(element, text);
    else leave(name, line);
  };
  for (const parameters of all(scenario, 'ElementParameters')) {
    const element = local(parameters.attributes.elementRef ?? '');
    for (const { children } of parameters.children) for (const each of children) read(element, each);
  }
  return { shares, times, arrivals, unread };
}

function lawText({ name, attributes }: XmlElement, unit: string, scale: number): string | undefined {
  const value = (key: string, by = 1): string | undefined => {
    const number = Number(attributes[key]) * by;
    if (attributes[key] === undefined || !Number.isFinite(number) || number < 0 || number >= 1e9) return undefined;
    const text = String(number);
    return text.includes('e') ? undefined : text;
  };
  const time = (key: string): string | undefined => {
    const number = value(key, scale);
    return number === undefined ? undefined : `${number} ${unit}`;
  };
  const named = (name: string, text: string | undefined): string | undefined => text && `${name} ${text}`;
  const written = (family: string, parts: readonly (string | undefined)[]): string | undefined =>
    parts.includes(undefined) ? undefined : `${family}(${parts.join(', ')})`;
  switch (name) {
    case 'FloatingParameter':
    case 'NumericParameter':
      return time('value');
    case 'NegativeExponentialDistribution':
      return written('exponential', [time('mean')]);
    case 'UniformDistribution':
      return written('uniform', [time('min'), time('max')]);
    case 'TriangularDistribution':
      return written('triangular', [time('min'), time('mode'), time('max')]);
    case 'NormalDistribution':
      return written('normal', [named('mean', time('mean')), named('sd', time('standardDeviation'))]);
    case 'LogNormalDistribution':
      return written('lognormal', [named('mean', time('mean')), named('sd', time('standardDeviation'))]);
    case 'GammaDistribution':
      return written('gamma', [value('shape'), time('scale')]);
    default:
      return undefined;
  }
}
