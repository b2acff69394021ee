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

const MEASURES: readonly FunctionWord[] = [
  ['occupancy', 'share of the units in use', 'resource'],
  ['busy', 'units in use', 'resource'],
  ['free', 'units free', 'resource'],
  ['queue', 'patients who wait', 'resource'],
  ['capacity', 'units there are', 'resource'],
  ['level', 'what is left of a stock', 'stock'],
  ['census', 'patients there, for indicators', 'resource'],
  ['since', 'time since a step or the arrival', 'step'],
  ['waited', 'how long the patient waited at a step', 'step'],
  ['floor', 'the whole number below', 'value'],
  ['ceiling', 'the whole number above', 'value'],
  ['round', 'the nearest whole number', 'value'],
  ['abs', 'without its sign', 'value'],
].map(([name = '', detail = '', field = '']) => ({ label: `${name}(…)`, detail, body: `${name}(\${1:${field}})` }));

/** Functions that can be called in an expression. */
export const FUNCTIONS: readonly FunctionWord[] = [...DISTRIBUTIONS, ...MEASURES];
