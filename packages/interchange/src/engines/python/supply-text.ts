import type { InputExpression, InputPool, SimulationInput } from '@pathway/simulation';
import { expressionText } from '../expressions.js';
import { plainText, timeText, wrapped } from '../program-text.js';
import { stepsText } from './arrivals.js';
import type { FlowScope } from './flow-scope.js';
import { pythonText } from './python.js';

/** What is known of the program where its supply is written. */
interface SupplyScope {
  readonly input: SimulationInput;
  readonly flow: FlowScope;
  /** Names of pools by their place. */
  readonly pools: readonly string[];
  /** What an engine sets of pools besides, by their names. */
  readonly settings?: ((input: SimulationInput, pools: readonly string[]) => readonly string[]) | undefined;
}

/** What there is: facilities, pools and stocks, and who may be asked for. */
export function supplyLines(scope: SupplyScope): string[] {
  const { input } = scope;
  const stocks = new Map(input.stocks.map((stock) => [stock.pool, stock] as const));
  return [
    ...input.facilities.map(({ id, title, kind }, f) => {
      const staff = kind === 'staff' ? ', is_staff=True' : '';
      return `${scope.flow.facilities[f] ?? ''} = Facility(${pythonText(id)}, ${pythonText(plainText(title))}${staff})`;
    }),
    '',
    ...input.pools.flatMap((pool, i) => {
      const facility = scope.flow.facilities[pool.facility] ?? '';
      const stock = stocks.get(i);
      const parts = [facility, ...timetable(scope.flow, pool)];
      if (stock !== undefined) parts.push(...stockParts(scope.flow, stock));
      return wrapped(`${scope.pools[i] ?? ''} = ${stock === undefined ? 'Pool' : 'Stock'}(`, parts, ')');
    }),
    ...(scope.settings?.(input, scope.pools) ?? []),
    '',
    ...input.targets.flatMap(({ members }, t) =>
      wrapped(
        `${scope.flow.targets[t] ?? ''} = Target(`,
        members.map(({ pool, rank }) => `(${scope.pools[pool] ?? ''}, ${rank})`),
        ')',
      ),
    ),
  ];
}

function timetable(scope: FlowScope, { capacity, breakdown }: InputPool): string[] {
  if (capacity === 'unlimited') return ['None'];
  const parts = [stepsText(capacity, scope)];
  if (capacity.period !== undefined) parts.push(`period=${timeText(capacity.period)}`);
  if (breakdown !== undefined) {
    const every = expressionText(breakdown.every, scope, 'time');
    const lasts = expressionText(breakdown.lasts, scope, 'time');
    parts.push(`breakdown=(lambda: ${every}, lambda: ${lasts})`);
  }
  return parts;
}

function stockParts(scope: FlowScope, { most, deliveries, orders }: SimulationInput['stocks'][number]): string[] {
  scope.used.add('stock');
  const draw = (expression: InputExpression, writing: 'plain' | 'time' = 'plain'): string =>
    `lambda: ${expressionText(expression, scope, writing)}`;
  const parts: string[] = [];
  if (most !== undefined) parts.push(`room=${most}`);
  if (deliveries.length > 0)
    parts.push(
      `deliveries=[${deliveries.map(({ at, amount }) => `(${scope.constant(at.map(timeText))}, ${draw(amount)})`).join(', ')}]`,
    );
  if (orders.length > 0)
    parts.push(
      `orders=[${orders.map(({ below, amount, after }) => `(${below}, ${draw(amount)}, ${draw(after, 'time')})`).join(', ')}]`,
    );
  return parts;
}
