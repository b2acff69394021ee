import type { TokenType } from 'chevrotain';
import { describeTokenType } from './token-words.js';

const ACTIVITY = 'a step or a block such as `step`, `hold`, `choose`, `together`, `call`, `finish`';
const VALUE = 'a value such as `20 min`, `5%`, `lognormal(mean 28 min, sd 12 min)` or a name';

/** What may stand between the braces of a rule, said in the field's words. */
const BLOCK_ITEMS: Readonly<Record<string, string>> = {
  Document: 'a declaration such as `organisation`, `role`, `resource`, `cohort`, `pathway`, `scenario`',
  Source: 'a property of a source (`url`, `date`, `grade`, `note`)',
  Territory: 'a property of a territory such as `population`, `timezone`, `holidays`, `entrypoint`',
  Organisation: 'a property of an organisation such as `sector`, `in`, `part of`, `phone`, `languages`, `accepts`',
  Agreement: 'a property of an agreement such as `covers handover`, `data`, `signed`, `review every`, `until`',
  Payer: 'what is paid, such as `pays Stay 310 GBP/d`',
  Skill: 'a property of a skill (`levels`, `trainable in`, or a code such as `snomed`)',
  Role: 'a property of a role such as `isco`, `has`, `cost`',
  Staff: 'a property of staff such as `contract`, `works`, `on duty`, `absent`',
  Resource: 'a property of a resource such as `at`, `kind`, `count`, `down every`, `cost`',
  Stock: 'a property of a stock such as `unit`, `count`, `at most`, `delivery`',
  Travel: 'a property of a travel such as `from Depot to Hospital 12 km`, `speed`, `both ways`',
  Cohort: 'a property of a cohort such as `arrives`, `attribute`, `priority`',
  Pathway: `${ACTIVITY}, or a property such as \`owner\``,
  Step: 'a property of a step such as `at`, `by`, `uses`, `takes`, `within`',
  Hold: `${ACTIVITY}, or \`waits at most\``,
  Choose: 'a branch: a share such as `20%`, a value, `when` with a condition, or `otherwise`',
  Branch: ACTIVITY,
  Together: 'a `branch` with a name',
  TogetherBranch: ACTIVITY,
  Repeat: ACTIVITY,
  Block: ACTIVITY,
  Indicator:
    'what is measured (`time from arrival to exit`, `wait for Nurse`, `share of`, `value utilisation(Nurse)`) or `aim`, `by`, `only`',
  Scenario: 'a setting such as `set Beds.count = 12`, `convert 2 Beds to Chairs`, or `crisis HeatWave with SurgePlan`',
  Study: 'a property of a study such as `compare`, `from`, `run`, `replicate`, `seed`, `rank by`, `vary`',
  RuleSet:
    'a rule of working time such as `at most 5 nights in a row`, `rest at least 11 h`, `at most 48 h per week averaged`',
  RelaxRulesPatch: 'a rule that stands in place of a stricter one, such as `at most 6 nights in a row`',
  Roster:
    'a property of a roster such as `from`, `cover`, `with staff at`, `under`, `request`, `set`, `level`, `change`',
  RosterChange: 'what happened to a roster: `absent "N07" on 2026-12-14`, `cover`, or `level`',
  Cases: 'a case such as `rehab: 20 min` or `otherwise: 10 min`',
};

/** What a rule stands for, where the rule itself could not begin or go on. */
const RULE_WORDS: Readonly<Record<string, string>> = {
  Expression: VALUE,
  BinaryExpression: VALUE,
  Operand: VALUE,
  Argument: VALUE,
  Parenthesised: VALUE,
  Declaration: 'a declaration such as `organisation`, `role`, `resource`, `cohort`, `pathway`, `scenario`',
  Name: 'a name',
  QualifiedName: 'a name',
  TargetName: 'a name',
  ExpressionName: 'a name',
  Need: 'who or what is needed, such as `2 Paramedic`',
  NeedTarget: 'a role, a resource, or `with` and a skill',
  Amount: 'a number of people or things',
  Days: 'a weekday such as `Mon` or `Mon-Fri`',
  DayRange: 'a weekday such as `Mon` or `Mon-Fri`',
  Weekday: 'a weekday such as `Mon`',
  Schedule: 'a number, such as `6 at 07:00-21:30, otherwise 4`',
  ScheduleRule: 'a number, such as `6 at 07:00-21:30, otherwise 4`',
  Arrivals: 'how they arrive, such as `every exponential(2 h)` or `14 per day`',
  CountedArrivals: 'how they arrive, such as `every exponential(2 h)` or `14 per day`',
  TableValues: 'a table: `from "file.csv" column "name"`, or numbers in parentheses',
  Comparison: 'a comparison (`<`, `<=`, `>`, `>=`, `=`)',
  Staff: 'how many and of which role, such as `staff 26 Nurse at Hospital`',
  StaffProperty: 'a property of staff such as `contract`, `works`, `on duty`, `absent`',
  HandoverProperty: 'whom it is handed over to, such as `handover to Hospital by phone`',
  Moment: 'a step, `arrival`, `exit`, or `request of`, `start of`, `end of` and a step',
  ShareMeasure: 'what the share is of, such as `share of Beds waiting > 0 min`',
  SettingMember: 'what is set, such as `count`, `takes`, `arrives`',
  SettableProperty: 'what is set, such as `count`, `takes`, `arrives`',
  SettingValue: VALUE,
  Branch: 'a branch: a share such as `20%`, a value, `when` with a condition, or `otherwise`',
  TravelProperty: 'a property of a travel such as `from Depot to Hospital 12 km`, `speed`, `both ways`',
  CategoryOption: 'a value and its share, such as `home 63%`',
  ReplicateProperty: '`replicate 30 times` or `replicate until … within … at most …`',
};

/** A rule's name as the grammar has it; the parser adds an invisible suffix. */
function ruleName(name: string): string {
  return name.replaceAll('\u200b', '');
}

/**
 * What should have stood at an error, from the rules that were open there (outermost first) and the tokens that the
 * parser could have gone on with.
 */
export function expectedWords(ruleStack: readonly string[], expected: readonly TokenType[]): string {
  const rule = ruleName(ruleStack[ruleStack.length - 1] ?? 'Document');
  const only = expected.length === 1 ? expected[0] : undefined;
  const items = BLOCK_ITEMS[rule];
  if (items !== undefined && (only?.name === '}' || rule === 'Document')) {
    return rule === 'Document' ? items : `${items}, or \`}\``;
  }
  if (only !== undefined) return describeTokenType(only);
  for (const name of [...ruleStack].reverse().map(ruleName)) {
    const words = RULE_WORDS[name] ?? (expected.length === 0 ? BLOCK_ITEMS[name] : undefined);
    if (words !== undefined) return words;
    if (expected.length > 0 && expected.length <= 4) break;
  }
  return listed(expected);
}

function listed(expected: readonly TokenType[]): string {
  if (expected.length === 0) return 'something else';
  const words = expected.map(describeTokenType);
  const shown = words.slice(0, 6);
  const last = words.length > 6 ? 'another word of the language' : shown.pop();
  return shown.length === 0 ? (last ?? '') : `${shown.join(', ')} or ${last ?? ''}`;
}
