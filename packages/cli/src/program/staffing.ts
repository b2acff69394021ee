import { Option } from 'commander';
import type { RosterFormat } from '../commands/roster.js';
import type { SkillsOptions } from '../commands/skills.js';
import type { StaffOptions } from '../commands/staff.js';
import type { CommonOptions } from '../shell/context.js';
import type { Commands } from './commands.js';
import { languageOption, workersOption, collect, wholeNumber, localMoment, numberAboveZero } from './options.js';

/** Commands about need, skills and rosters. */
export function addStaffingCommands({ add, launch }: Commands): void {
  add('staff [path]', 'show how many people are needed, by role and hour of the week', [
    'pathway staff examples/treatment-centre',
    'pathway staff --scenario Winter --format csv > need.csv',
    'pathway staff --target "wait 90% within 10 min" --patient-hours Nurse=5.5',
  ])
    .option('--scenario <name>', 'for this scenario (default: the first)')
    .option(
      '--target <target>',
      'what cover keeps: "delay 20%" (the default), "wait 90% within 10 min", "mean wait 5 min", "workload 95%"',
    )
    .addOption(
      new Option('--patient-hours <role=hours>', 'hours of a role that each patient has in a day; may be repeated')
        .argParser(collect)
        .default([], 'from teams, else from the work'),
    )
    .option('--simulate', 'run the study of the scenario, and tell how many were at work in it')
    .addOption(workersOption())
    .addOption(
      new Option('--format <format>', 'how the need is written').choices(['text', 'json', 'csv']).default('text'),
    )
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & StaffOptions) =>
      launch(options, async (context) => (await import('../commands/staff.js')).staff(path, options, context)),
    );

  add('skills [path]', 'show who can do what, where that is thin, and which training helps', [
    'pathway skills examples/ward-roster',
    'pathway skills --least disruption --format html --out skills.html',
    'pathway skills --format csv > matrix.csv',
  ])
    .option('--scenario <name>', 'for this scenario (default: the first)')
    .option('--target <target>', 'what cover keeps, as for `pathway staff`')
    .addOption(
      new Option('--least <what>', 'what comes first where nobody need be short')
        .choices(['cost', 'disruption'])
        .default('cost'),
    )
    .addOption(
      new Option('--format <format>', 'how it is written; csv and svg are the matrix alone')
        .choices(['text', 'json', 'csv', 'html', 'svg'])
        .default('text'),
    )
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & SkillsOptions) =>
      launch(options, async (context) => (await import('../commands/skills.js')).skills(path, options, context)),
    );

  add('roster [path]', 'make a roster: who works when, and what is missing', [
    'pathway roster',
    'pathway roster --roster Ward --effort 60 --format json --out ward.json',
    'pathway roster --format ics --person N07 --out n07.ics',
    'pathway roster --format xlsx --key ~/names.csv --out ward.xlsx',
    'pathway roster --current ward.json --given Flu',
    'pathway roster --current ward.json --given sick.csv --known 2026-12-13T18:00',
  ])
    .option('--roster <name>', 'this roster (default: the first)')
    .addOption(
      new Option('--effort <amount>', 'how much work to spend, about seconds of one processor core')
        .argParser(numberAboveZero)
        .default(30),
    )
    .addOption(new Option('--seed <number>', 'for the searches').argParser(wholeNumber).default(1))
    .option('--person <name>', 'with --format ics: the calendar of this person only')
    .option('--given <what>', 'repair a roster: a `change` of it by its name, or a CSV file of what happened')
    .option('--current <file>', 'with --given: the roster that stands, as JSON')
    .addOption(
      new Option('--known <moment>', 'with --given: when it became known, such as 2026-12-13T18:00').argParser(
        localMoment,
      ),
    )
    .option('--no-explain', 'do not look for why somebody is missing and what would help')
    .option('--after <file>', 'the roster of the days before, as JSON, so that rules hold across its end')
    .addOption(
      new Option('--format <format>', 'how the roster is written')
        .choices(['text', 'json', 'csv', 'ics', 'html', 'xlsx'])
        .default('text'),
    )
    .option('--key <file>', 'show the names that this CSV file (id, name) has for pseudonyms')
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action(
      (
        path: string | undefined,
        options: CommonOptions & {
          roster?: string;
          effort: number;
          seed: number;
          person?: string;
          format: RosterFormat;
          key?: string;
          language?: string;
          given?: string;
          current?: string;
          known?: string;
          after?: string;
          explain: boolean;
          out?: string;
        },
      ) => launch(options, async (context) => (await import('../commands/roster.js')).roster(path, options, context)),
    );
}
