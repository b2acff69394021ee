import type { InputArrivals } from '@pathway/simulation';
import { expressionText } from '../expressions.js';
import { timesAmongAttributes } from '../program-names.js';
import { indented, plainText, wrapped } from '../program-text.js';
import { arrivalLines } from './arrivals.js';
import { docText } from './figures.js';
import type { FlowScope } from './flow-scope.js';
import { pythonText } from './python.js';

/**
 * Who comes, when, with what attributes and where they begin.
 * @param cohorts names of cohorts by their place
 * @param functionOf the function at which an instruction of a pathway is entered, by both
 */
export function peopleLines(
  scope: FlowScope,
  cohorts: readonly string[],
  functionOf: ReadonlyMap<string, string>,
): string[] {
  const { input } = scope;
  const times = timesAmongAttributes(input);
  const lines: string[] = ['', ''];
  const missing = input.attributes.filter((_, a) =>
    input.cohorts.some(({ attributes }) => !attributes.some((each) => each.attribute === a)),
  );
  if (missing.length > 0) {
    lines.push('# What a cohort does not have.');
    for (const each of missing)
      lines.push(`Patient.${scope.attributes[input.attributes.indexOf(each)] ?? ''} = math.nan`);
    lines.push('', '');
  }
  input.cohorts.forEach((cohort, c) => {
    if (cohort.entries.length === 0) return;
    const name = cohorts[c] ?? '';
    const own = name.toLowerCase();
    const attributes = scope.names.fresh(`attributes of ${own}`);
    lines.push(
      `def ${attributes}(p):`,
      `    """${docText(cohort.title)}${cohort.origin === '' ? '' : ` (${docText(cohort.origin)})`}"""`,
    );
    for (const { attribute, value } of cohort.attributes) {
      const writing = times.has(attribute) ? 'time' : { attribute };
      const text = expressionText(value, scope, writing);
      lines.push(`    p.${scope.attributes[attribute] ?? ''} = ${text}`);
    }
    lines.push('', '');
    const arrivals = arrivalsFunction(scope, cohort.arrivals, name);
    if (arrivals !== undefined) lines.push(...arrivals.lines, '', '');
    const priority = expressionText(cohort.priority, scope);
    const ways = cohort.entries.map(
      ({ flow, instruction }) => functionOf.get(`${input.flows[flow]?.pathway ?? ''} ${instruction}`) ?? '',
    );
    lines.push(
      ...wrapped(
        `${name} = Cohort(`,
        [
          pythonText(plainText(cohort.title)),
          `[${ways.join(', ')}]`,
          arrivals?.name ?? 'None',
          attributes,
          `lambda p: ${/\bwaited\b/.test(priority) ? `lambda waited: ${priority}` : priority}`,
        ],
        ')',
      ),
      '',
      '',
    );
  });
  return lines;
}

function arrivalsFunction(
  scope: FlowScope,
  arrivals: InputArrivals,
  cohort: string,
): { readonly name: string; readonly lines: readonly string[] } | undefined {
  const body = arrivalLines(arrivals, cohort, scope);
  if (body === undefined) return undefined;
  const name = scope.names.fresh(`arrivals of ${cohort.toLowerCase()}`);
  return { name, lines: [`def ${name}():`, ...indented(body)] };
}
