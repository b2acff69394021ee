import {
  type Dimension,
  distributionCdf,
  distributionMean,
  distributionQuantile,
  distributionVariance,
  formatQuantity,
  type ResolvedDistribution,
} from '@pathway/model';

/** A distribution in figures and a small curve, as Markdown. */
export function distributionWords(distribution: ResolvedDistribution, dimension: Dimension): string {
  const shown = (value: number): string => formatQuantity(value, dimension);
  const quantile = (p: number): string => shown(distributionQuantile(distribution, p));
  const rows = [
    ['mean', shown(distributionMean(distribution))],
    ['median', quantile(0.5)],
    ['90th percentile', quantile(0.9)],
    ['standard deviation', shown(Math.sqrt(distributionVariance(distribution)))],
  ];
  const low = distributionQuantile(distribution, 0.005);
  const high = distributionQuantile(distribution, 0.99);
  const table = rows.map(([name, value]) => `| ${name ?? ''} | ${value ?? ''} |`).join('\n');
  const curve = `\`\`\`text\n${curveOf(distribution, low, high)}\n${axis(shown(low), shown(high))}\n\`\`\``;
  return `| | |\n| --- | --- |\n${table}\n\n${curve}`;
}

const BARS = '▁▂▃▄▅▆▇█';
const COLUMNS = 32;

/** How likely each of so many equal parts of a range is, as bars. */
function curveOf(distribution: ResolvedDistribution, low: number, high: number): string {
  const width = (high - low) / COLUMNS;
  const parts = Array.from({ length: COLUMNS }, (_, index) => {
    const from = low + index * width;
    return Math.max(0, distributionCdf(distribution, from + width) - distributionCdf(distribution, from));
  });
  const most = Math.max(...parts);
  if (!(most > 0)) return BARS.charAt(BARS.length - 1);
  return parts.map((part) => (part === 0 ? ' ' : BARS.charAt(Math.round((part / most) * (BARS.length - 1))))).join('');
}

function axis(low: string, high: string): string {
  return low + high.padStart(Math.max(high.length + 1, COLUMNS - low.length));
}
