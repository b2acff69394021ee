import { DISTRIBUTION_FORMS, type DistributionFamily } from '@pathway/model';
import { CompletionItemKind } from 'vscode-languageserver-types';

const KINDS: Readonly<Record<string, CompletionItemKind>> = {
  Import: CompletionItemKind.Module,
  Source: CompletionItemKind.Reference,
  Territory: CompletionItemKind.Module,
  Organisation: CompletionItemKind.Module,
  Skill: CompletionItemKind.TypeParameter,
  SkillLevel: CompletionItemKind.EnumMember,
  Role: CompletionItemKind.Interface,
  Shift: CompletionItemKind.Event,
  Staff: CompletionItemKind.Variable,
  Resource: CompletionItemKind.Variable,
  Stock: CompletionItemKind.Variable,
  Travel: CompletionItemKind.Function,
  NumberDeclaration: CompletionItemKind.Constant,
  Cohort: CompletionItemKind.Struct,
  Attribute: CompletionItemKind.Property,
  CategoryOption: CompletionItemKind.EnumMember,
  Pathway: CompletionItemKind.Class,
  Response: CompletionItemKind.Class,
  Scale: CompletionItemKind.Enum,
  ScaleLevel: CompletionItemKind.EnumMember,
  Indicator: CompletionItemKind.Property,
  Scenario: CompletionItemKind.Struct,
  Study: CompletionItemKind.Class,
  Trigger: CompletionItemKind.Event,
  Crisis: CompletionItemKind.Event,
};

/** How editors mark a kind of thing in a list of suggestions. */
export function completionKind(type: string): CompletionItemKind {
  return KINDS[type] ?? CompletionItemKind.Method;
}

/** The word of the language that a snippet begins with, after its documentation. */
export function firstWord(body: string): string {
  return /^(?:\/\*\*.*\*\/\n)?([a-z]+)/.exec(body)?.[1] ?? '';
}

/** Units that can follow a number. */
export const UNITS: readonly { readonly unit: string; readonly detail: string; readonly isTime: boolean }[] = [
  { unit: 's', detail: 'seconds', isTime: true },
  { unit: 'min', detail: 'minutes', isTime: true },
  { unit: 'h', detail: 'hours', isTime: true },
  { unit: 'd', detail: 'days of 24 hours', isTime: true },
  { unit: 'week', detail: 'weeks', isTime: true },
  { unit: 'year', detail: 'years', isTime: true },
  { unit: '%', detail: 'per cent', isTime: false },
  { unit: 'km', detail: 'kilometres', isTime: false },
  { unit: 'km/h', detail: 'kilometres an hour', isTime: false },
  { unit: 'h/week', detail: 'hours a week, of contracts', isTime: false },
  { unit: 'EUR', detail: 'euros', isTime: false },
  { unit: 'GBP', detail: 'pounds sterling', isTime: false },
  { unit: 'EUR/h', detail: 'euros an hour', isTime: false },
  { unit: 'GBP/h', detail: 'pounds sterling an hour', isTime: false },
];

interface FunctionWord {
  readonly label: string;
  readonly detail: string;
  /** What is inserted, with fields. */
  readonly body: string;
}

function isFamily(text: string): text is DistributionFamily {
  return Object.hasOwn(DISTRIBUTION_FORMS, text);
}

const DISTRIBUTIONS: readonly FunctionWord[] = Object.keys(DISTRIBUTION_FORMS)
  .filter(isFamily)
  .filter((family) => family !== 'empirical')
  .flatMap((family) =>
    DISTRIBUTION_FORMS[family].map(({ parameters, positional }) => {
      const names = parameters.map(({ name }) => name);
      const shown = names.map((name) => (positional ? name : `${name} …`)).join(', ');
      const fields = names.map((name, index) => {
        const field = `\${${index + 1}:${name}}`;
        return positional ? field : `${name} ${field}`;
      });
      return { label: `${family}(${shown})`, detail: 'distribution', body: `${family}(${fields.join(', ')})` };
    }),
  );

/** Who asks: a plan for patients, an indicator for what a run counts, a signal, gauge or trigger for what can be seen. */
type Asker = 'plan' | 'indicator' | 'watcher';

const EVERYBODY: readonly Asker[] = ['plan', 'indicator', 'watcher'];
const MOMENT: readonly Asker[] = ['plan', 'watcher'];

/** Functions by their names: what each gives, its arguments, and who can ask for it. */
const CALLS: readonly (readonly [string, string, string, readonly Asker[]])[] = [
  ['occupancy', 'share of the units in use', 'resource', EVERYBODY],
  ['busy', 'units in use', 'resource', EVERYBODY],
  ['free', 'units free', 'resource', MOMENT],
  ['queue', 'patients who wait', 'resource', EVERYBODY],
  ['capacity', 'units there are', 'resource', EVERYBODY],
  ['level', 'what is left of a stock', 'stock', EVERYBODY],
  ['since', 'time since a step or the arrival', 'arrival', ['plan']],
  ['waited', 'how long the patient waited at a step', 'step', ['plan']],
  ['absence', 'share of a role that is not there', 'role', ['watcher']],
  ['wait', 'mean wait in the last time', 'resource|24 h', ['watcher']],
  ['arrivals', 'how many came in the last time', 'cohort|6 h', ['watcher']],
  ['starts', 'how often a step began in the last time', 'step|6 h', ['watcher']],
  ['completions', 'how often a step ended in the last time', 'step|6 h', ['watcher']],
  ['exits', 'how many left in the last time', 'outcome|6 h', ['watcher']],
  ['arrivals', 'how many came', 'cohort', ['indicator']],
  ['starts', 'how often a step or hold began', 'step', ['indicator']],
  ['completions', 'how often a step or hold ended', 'step', ['indicator']],
  ['exits', 'how many left', 'outcome', ['indicator']],
  ['census', 'units in use, for `P(…)`', 'resource', ['indicator']],
  ['P', 'share of time in which a condition holds', 'census(Bed) = 4', ['indicator']],
  ['utilisation', 'busy time over time there', 'resource', ['indicator']],
  ['busyTime', 'time in use, of all units', 'resource', ['indicator']],
  ['overtime', 'time of work beyond those on duty', 'role', ['indicator']],
  ['cost', 'money: of steps, staff, resources or all', 'all', ['indicator']],
  ['window', 'length of the time that counts', '', ['indicator']],
  ['mean', 'mean of another indicator', 'indicator', ['indicator']],
  ['median', 'median of another indicator', 'indicator', ['indicator']],
  ['percentile', 'percentile of another indicator', 'indicator|90', ['indicator']],
  ['floor', 'the whole number below', 'value', EVERYBODY],
  ['ceiling', 'the whole number above', 'value', EVERYBODY],
  ['round', 'the nearest whole number', 'value', EVERYBODY],
  ['abs', 'without its sign', 'value', EVERYBODY],
  ['sqrt', 'the square root', 'value', EVERYBODY],
  ['exp', 'e to the power of a number', 'number', EVERYBODY],
  ['ln', 'the natural logarithm', 'number', EVERYBODY],
  ['power', 'a value to the power of a number', 'value|2', EVERYBODY],
];

const ASKERS: Readonly<Record<string, Asker>> = {
  indicator: 'indicator',
  expect: 'indicator',
  signal: 'watcher',
  gauge: 'watcher',
  trigger: 'watcher',
};

/** Functions that can be called in a declaration which begins with a word: distributions, and what can be asked for there. */
export function functionsIn(declaration: string): readonly FunctionWord[] {
  const asker = ASKERS[declaration] ?? 'plan';
  const calls = CALLS.filter(([, , , askers]) => askers.includes(asker)).map(([name, detail, list]) => {
    const fields = list === '' ? [] : list.split('|').map((field, index) => `\${${index + 1}:${field}}`);
    return { label: list === '' ? `${name}()` : `${name}(…)`, detail, body: `${name}(${fields.join(', ')})` };
  });
  return asker === 'plan' ? [...DISTRIBUTIONS, ...calls] : calls;
}
