import { Option } from 'commander';
import type { DirectoryOptions } from '../commands/directory.js';
import type { HubOptions } from '../commands/hub.js';
import type { LiftOptions } from '../commands/lift.js';
import type { MinutesOptions } from '../commands/minutes.js';
import type { PublishOptions } from '../commands/publish.js';
import type { ReadinessOptions } from '../commands/readiness.js';
import type { TransferOptions } from '../commands/transfer.js';
import type { CommonOptions } from '../shell/context.js';
import type { Commands } from './commands.js';
import { languageOption, workersOption, collect, wholeNumber, isoDate } from './options.js';

/** Commands about templates, packages, territories and services. */
export function addRegionCommands({ add, launch }: Commands): void {
  add(
    'transfer <template> [path]',
    'compare what a template needs with what a territory has, and what would come of it',
    [
      'pathway transfer HeatCallRound --to Devon',
      'pathway transfer HeatCallRound --to Devon --format draft --out devon-draft.pathway',
    ],
  )
    .option('--to <territory>', 'the territory that it is carried to')
    .option('-n, --replications <number>', 'so many instead of what the study says', wholeNumber)
    .option('--seed <number>', 'this seed instead of what the study says', wholeNumber)
    .addOption(workersOption())
    .addOption(
      new Option(
        '--format <format>',
        'tables, a page with charts, the same for machines, or a file with the draft alone',
      )
        .choices(['text', 'markdown', 'html', 'json', 'draft'])
        .default('text'),
    )
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((template: string, path: string | undefined, options: CommonOptions & TransferOptions) =>
      launch(options, async (context) =>
        (await import('../commands/transfer.js')).transfer(template, path, options, context),
      ),
    );

  add('lift <pathway> [path]', 'make a template of a pathway that is written for one place, deployed where it was', [
    'pathway lift AcuteCare examples/stroke --print',
    'pathway lift AcuteCare',
  ])
    .option('--print', 'show the changed texts, and write nothing')
    .action((name: string, path: string | undefined, options: CommonOptions & LiftOptions) =>
      launch(options, async (context) => (await import('../commands/lift.js')).lift(name, path, options, context)),
    );

  add('hub <action> [words...]', 'find packages of pathways, show what is known of them, and add one to a project', [
    'pathway hub search heat older people',
    'pathway hub show @pathway/heat-health',
    'pathway hub add @pathway/heat-health',
    'pathway hub add ../knowledge/heat-health',
  ])
    .addOption(
      new Option('--from <folder>', 'look there too: a package, or a folder with packages; may be repeated')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .action((action: string, words: string[], options: CommonOptions & HubOptions) =>
      launch(options, async (context) => (await import('../commands/hub.js')).hub(action, words, options, context)),
    );

  add('publish [folder]', 'say what a package of pathways lacks to be useful to others', [
    'pathway publish --check',
    'pathway publish --check language/knowledge/heat-health',
  ])
    .option('--check', 'look at the package, and publish nothing')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .action((folder: string | undefined, options: CommonOptions & PublishOptions) =>
      launch(options, async (context) => (await import('../commands/publish.js')).publish(folder, options, context)),
    );

  add('readiness [path]', 'show how ready territories are: what raters agree upon, gaps, twins and the plan', [
    'pathway readiness',
    'pathway readiness --territory Devon --format svg --out devon.svg',
  ])
    .option('--territory <name>', 'of this territory only')
    .option('--instrument <name>', 'by this instrument only')
    .addOption(
      new Option('--format <format>', 'tables, a page with pictures, the same for machines, or a radar picture')
        .choices(['text', 'markdown', 'html', 'json', 'svg'])
        .default('text'),
    )
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & ReadinessOptions) =>
      launch(options, async (context) => (await import('../commands/readiness.js')).readiness(path, options, context)),
    );

  add('directory [path]', 'list the services: where people call, hours, languages, whom they accept', [
    'pathway directory',
    'pathway directory --format html --out directory.html',
    'pathway directory --format fhir --out services.json',
  ])
    .addOption(
      new Option('--format <format>', 'for people, a page, a table, or FHIR R4 (services, organisations and places)')
        .choices(['text', 'markdown', 'html', 'csv', 'fhir'])
        .default('text'),
    )
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & DirectoryOptions) =>
      launch(options, async (context) => (await import('../commands/directory.js')).directory(path, options, context)),
    );

  add('minutes [path]', 'write a page for a workshop: changes since approval, open questions, contested scores', [
    'pathway minutes --as-of 2026-05-01 --out minutes.md',
    'pathway minutes --as-of 2026-05-01 --format html --out minutes.html',
  ])
    .addOption(
      new Option('--format <format>', 'text to edit, or a page').choices(['markdown', 'html']).default('markdown'),
    )
    .option('--as-of <date>', 'tell how old questions are on this day', isoDate)
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & MinutesOptions) =>
      launch(options, async (context) => (await import('../commands/minutes.js')).minutes(path, options, context)),
    );
}
