import { Command, InvalidArgumentError, Option } from 'commander';
import type { BudgetOptions } from './commands/budget.js';
import type { DiagramCommandOptions } from './commands/diagram.js';
import type { RosterFormat } from './commands/roster.js';
import type { LiftOptions } from './commands/lift.js';
import type { HubOptions } from './commands/hub.js';
import type { PublishOptions } from './commands/publish.js';
import type { DirectoryOptions } from './commands/directory.js';
import type { MinutesOptions } from './commands/minutes.js';
import type { ReadinessOptions } from './commands/readiness.js';
import type { SkillsOptions } from './commands/skills.js';
import type { StaffOptions } from './commands/staff.js';
import type { TransferOptions } from './commands/transfer.js';
import type { WorkerFlags } from './commands/worker.js';
import type { CommonOptions, Context } from './shell/context.js';

/** What `pathway diagram` draws: views of pathways, maps of the whole model, and the matrix of skills; or all but the last. */
const DIAGRAM_VIEWS: readonly DiagramCommandOptions['view'][] = [
  'pathways',
  'overview',
  'journey',
  'load',
  'crisis',
  'dependencies',
  'resources',
  'territory',
  'breaks',
  'skills',
  'all',
];

/** Runs a command with its context; answers the exit code. */
export type Launch = (options: CommonOptions, work: (context: Context) => Promise<number>) => Promise<void>;

/**
 * Every command with its options and examples. What a command does is loaded when it is called, so that `pathway
 * --help` and `pathway check` do not wait for the simulation.
 */
export function createProgram(version: string, launch: Launch): Command {
  const program = new Command('pathway');
  program
    .description('Checks, draws, simulates and staffs pathways of care that are written as text.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showSuggestionAfterError(true)
    .showHelpAfterError('Try `pathway --help`.')
    .exitOverride();
  example(program, ['pathway new my-region', 'pathway check my-region', 'pathway build my-region']);

  const add = (signature: string, describes: string, examples: readonly string[]): Command => {
    const command = program
      .command(signature)
      .description(describes)
      .option('-q, --quiet', 'say only what went wrong')
      .option('--no-color', 'no colours, as with the environment variable NO_COLOR')
      .showHelpAfterError(`Try \`pathway ${signature.split(' ')[0] ?? ''} --help\`.`)
      .exitOverride();
    example(command, examples);
    return command;
  };

  add('check [paths...]', 'look for mistakes in pathways', [
    'pathway check',
    'pathway check examples/stroke "regions/**/*.pathway"',
    'pathway check --format sarif > findings.sarif',
    'pathway check --watch',
    'pathway check --as-of 2027-01-01',
  ])
    .addOption(
      new Option('--format <format>', 'how findings are written')
        .choices(['text', 'json', 'sarif', 'github'])
        .default('text'),
    )
    .option('-w, --watch', 'check again whenever a file changes')
    .option('--as-of <date>', 'tell which agreements do not hold on this day or are to be reviewed', isoDate)
    .action(
      (
        paths: string[],
        options: CommonOptions & {
          format: 'text' | 'json' | 'sarif' | 'github';
          watch?: boolean;
          asOf?: string;
        },
      ) =>
        launch(options, async (context) =>
          (await import('./commands/check.js')).check(paths, options, context, version),
        ),
    );

  add('format [paths...]', 'write pathways in the one canonical form', ['pathway format', 'pathway format --check'])
    .option('--check', 'change nothing; list what is not in the canonical form and end with 1')
    .action((paths: string[], options: CommonOptions & { check?: boolean }) =>
      launch(options, async (context) => (await import('./commands/format.js')).format(paths, options, context)),
    );

  add('explain [code]', 'explain a diagnostic, with a wrong and a right example', [
    'pathway explain PW2001',
    'pathway explain',
  ]).action((code: string | undefined, options: CommonOptions) =>
    launch(options, async (context) => (await import('./commands/explain.js')).explain(code, context)),
  );

  add('build [path]', 'make all products of a project: model, diagrams, results, staffing, report', [
    'pathway build examples/stroke --out out/stroke',
    'pathway build --only report --only diagram',
    'pathway build --quick --watch',
  ])
    .option('-o, --out <folder>', 'where products go (default: `out` of the project, or what its configuration says)')
    .addOption(
      new Option('--only <emitter>', 'make this product only; may be repeated').argParser(collect).default([], 'all'),
    )
    .option('--quick', 'a first look: few replications, so that intervals are wide')
    .option('-w, --watch', 'build again whenever a file changes')
    .addOption(workersOption())
    .addOption(onOption())
    .addOption(deadlineOption())
    .action(
      (
        path: string | undefined,
        options: CommonOptions & { out?: string; only: string[]; quick?: boolean; watch?: boolean } & MachineFlags,
      ) => launch(options, async (context) => (await import('./commands/build.js')).build(path, options, context)),
    );

  add('diagram [path]', 'draw pathways and maps, as SVG, PDF, PNG or a page to look around in', [
    'pathway diagram --out drawings',
    'pathway diagram --pathway StrokeCare --paper a3 --out wall.pdf',
    'pathway diagram --pathway StrokeCare --poster --date 2026-01-31 --language it --out poster.pdf',
    'pathway diagram examples/stroke --pathway StrokeCare --direction right > stroke.svg',
    'pathway diagram --lanes role --out who.svg',
    'pathway diagram --with SurgePlan --out surge.svg',
    'pathway diagram --view crisis --out crisis.pdf',
    'pathway diagram --view overview --pathway StrokeCare --out stages.pdf',
    'pathway diagram --for "age >= 75, route = rehab" --out journey.svg',
    'pathway diagram --results results.json --out load.svg',
    'pathway diagram --view all --out care.html',
  ])
    .option('-p, --pathway <name>', 'draw this pathway')
    .addOption(
      new Option('--with <response>', 'draw what this response changes; may be repeated')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option('--view <view>', 'the pathways, their stages, a journey, census and load; or a map of the whole model')
        .choices(DIAGRAM_VIEWS)
        .default('pathways'),
    )
    .option('--for <group>', 'the journey of these patients, like "age >= 75, route = rehab"')
    .option('--results <file>', 'draw census and load of these results (pathway simulate --format json)')
    .option('-s, --study <name>', 'of this study of the results')
    .option('--scenario <name>', 'census and load, or skills, in this scenario')
    .addOption(new Option('--patients <number>', 'patients to follow on a page (default: 12)').argParser(wholeNumber))
    .addOption(
      new Option(
        '--direction <direction>',
        'down for pages, right for slides (default: pathways down, maps to the right)',
      ).choices(['down', 'right']),
    )
    .addOption(
      new Option('--lanes <lanes>', 'one for each organisation, setting (sector) or role, or none')
        .choices(['organisation', 'setting', 'role', 'none'])
        .default('organisation'),
    )
    .addOption(new Option('--theme <theme>', 'colours').choices(['light', 'dark']).default('light'))
    .addOption(
      new Option('--format <format>', 'of the drawings; usually what --out ends in').choices([
        'svg',
        'pdf',
        'png',
        'html',
        'mermaid',
        'dot',
        'drawio',
        'excalidraw',
      ]),
    )
    .addOption(new Option('--paper <size>', 'of a PDF document').choices(['a4', 'a3']).default('a4'))
    .option('--poster', 'a poster for the wall: with owner, legend, targets and sources, on A3')
    .option('--date <date>', 'date on the poster, like 2026-01-31')
    .addOption(languageOption())
    .option(
      '-o, --out <place>',
      'a folder, or a file that ends in .svg, .pdf, .png, .html, .mmd, .dot, .drawio or .excalidraw; without it, standard output',
    )
    .action((path: string | undefined, options: CommonOptions & DiagramCommandOptions) =>
      launch(options, async (context) => (await import('./commands/diagram.js')).diagram(path, options, context)),
    );

  add('simulate [path]', 'run the studies and show what came of them', [
    'pathway simulate examples/stroke',
    'pathway simulate --study Beds --replications 20 --workers 4',
    'pathway simulate --format json --out results.json',
    'pathway simulate examples/heat-wave --format svg --out timeline.svg',
    'pathway simulate --replications 0-99 --out part0.json',
    'pathway simulate --merge part0.json part1.json',
  ])
    .option('-s, --study <name>', 'run this study only')
    .option(
      '-n, --replications <number>',
      'so many instead of what the study says; or some of them into a file, as in 0-99',
      numberOrRange,
    )
    .option('--merge <files...>', 'make results of the files that --replications 0-99 --out … wrote')
    .option('--seed <number>', 'this seed instead of what the study says', wholeNumber)
    .addOption(workersOption())
    .addOption(onOption())
    .addOption(deadlineOption())
    .addOption(
      new Option('--format <format>', 'how results are written; svg draws what was in force when')
        .choices(['text', 'json', 'svg'])
        .default('text'),
    )
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & SimulateFlags) =>
      launch(options, async (context) => (await import('./commands/simulate.js')).simulate(path, options, context)),
    );

  add('budget [path]', 'run the studies and show who pays, who is paid and what care costs', [
    'pathway budget examples/stroke',
    'pathway budget --study Options --format csv --out budget.csv',
  ])
    .option('-s, --study <name>', 'run this study only')
    .option('-n, --replications <number>', 'so many instead of what the study says', wholeNumber)
    .option('--seed <number>', 'this seed instead of what the study says', wholeNumber)
    .addOption(workersOption())
    .addOption(onOption())
    .addOption(deadlineOption())
    .addOption(
      new Option('--format <format>', 'how the budget is written')
        .choices(['text', 'markdown', 'json', 'csv'])
        .default('text'),
    )
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & BudgetOptions) =>
      launch(options, async (context) => (await import('./commands/budget.js')).budget(path, options, context)),
    );

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
      new Option('--format <format>', 'a report, the report for machines, or the draft of a deployment alone')
        .choices(['text', 'markdown', 'json', 'draft'])
        .default('text'),
    )
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((template: string, path: string | undefined, options: CommonOptions & TransferOptions) =>
      launch(options, async (context) =>
        (await import('./commands/transfer.js')).transfer(template, path, options, context),
      ),
    );

  add('lift <pathway> [path]', 'make a template of a pathway that is written for one place, deployed where it was', [
    'pathway lift AcuteCare examples/stroke --print',
    'pathway lift AcuteCare',
  ])
    .option('--print', 'show the changed texts, and write nothing')
    .action((name: string, path: string | undefined, options: CommonOptions & LiftOptions) =>
      launch(options, async (context) => (await import('./commands/lift.js')).lift(name, path, options, context)),
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
      launch(options, async (context) => (await import('./commands/hub.js')).hub(action, words, options, context)),
    );

  add('publish [folder]', 'say what a package of pathways lacks to be useful to others', [
    'pathway publish --check',
    'pathway publish --check language/knowledge/heat-health',
  ])
    .option('--check', 'look at the package, and publish nothing')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .action((folder: string | undefined, options: CommonOptions & PublishOptions) =>
      launch(options, async (context) => (await import('./commands/publish.js')).publish(folder, options, context)),
    );

  add('readiness [path]', 'show how ready territories are: what raters agree upon, gaps, twins and the plan', [
    'pathway readiness',
    'pathway readiness --territory Devon --format svg --out devon.svg',
  ])
    .option('--territory <name>', 'of this territory only')
    .addOption(
      new Option('--format <format>', 'tables for people, the same for machines, or a radar picture')
        .choices(['text', 'markdown', 'json', 'svg'])
        .default('text'),
    )
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & ReadinessOptions) =>
      launch(options, async (context) => (await import('./commands/readiness.js')).readiness(path, options, context)),
    );

  add('directory [path]', 'list the services: where people call, hours, languages, whom they accept', [
    'pathway directory',
    'pathway directory --format fhir --out services.json',
  ])
    .addOption(
      new Option('--format <format>', 'for people, as a table, or as FHIR R4 (services, organisations and places)')
        .choices(['text', 'csv', 'fhir'])
        .default('text'),
    )
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & DirectoryOptions) =>
      launch(options, async (context) => (await import('./commands/directory.js')).directory(path, options, context)),
    );

  add('minutes [path]', 'write a page for a workshop: changes since approval, open questions, contested scores', [
    'pathway minutes --as-of 2026-05-01 --out minutes.md',
  ])
    .option('--as-of <date>', 'tell how old questions are on this day', isoDate)
    .addOption(languageOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & MinutesOptions) =>
      launch(options, async (context) => (await import('./commands/minutes.js')).minutes(path, options, context)),
    );

  add('worker', 'run replications for studies that are started elsewhere with --on', [
    'pathway worker --on redis://broker:6379',
    'PATHWAY_REDIS_PASSWORD=… pathway worker --on rediss://broker:6380 --cores 8 --idle 300',
  ])
    .addOption(new Option('--on <address>', 'the broker: Redis or Valkey, as in redis://host:6379'))
    .option('--cores <number>', 'replications at once (default: one for each core)', wholeNumber)
    .option('--idle <seconds>', 'end after so long without work (default: never)', wholeNumber)
    .option('--lease <seconds>', 'silence after which its work is given to another (default: 15)', wholeNumber)
    .action((options: CommonOptions & WorkerFlags) =>
      launch(options, async (context) => (await import('./commands/worker.js')).worker(options, context)),
    );

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
      launch(options, async (context) => (await import('./commands/staff.js')).staff(path, options, context)),
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
      launch(options, async (context) => (await import('./commands/skills.js')).skills(path, options, context)),
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
        .argParser(wholeNumber)
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
      ) => launch(options, async (context) => (await import('./commands/roster.js')).roster(path, options, context)),
    );

  add('report [path]', 'write everything about a project on one page', [
    'pathway report --out report.html',
    'pathway report --quick --format markdown',
    'pathway report --format pdf --language pl --out report.pdf',
    'pathway report --cards --format pdf --paper a5 --out cards.pdf',
  ])
    .addOption(
      new Option('--format <format>', 'a page for browsers, Markdown, a printed document, or a workbook')
        .choices(['html', 'markdown', 'pdf', 'xlsx'])
        .default('html'),
    )
    .addOption(languageOption())
    .option('--cards', 'action cards instead: what each role does, step by step; nothing is simulated')
    .addOption(new Option('--paper <size>', 'of cards as a PDF document').choices(['a4', 'a5']).default('a4'))
    .option('--quick', 'a first look: few replications, so that intervals are wide')
    .addOption(workersOption())
    .addOption(onOption())
    .addOption(deadlineOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action(
      (
        path: string | undefined,
        options: CommonOptions & {
          format: 'html' | 'markdown' | 'pdf' | 'xlsx';
          language?: string;
          cards?: boolean;
          paper: 'a4' | 'a5';
          quick?: boolean;
          out?: string;
        } & MachineFlags,
      ) => launch(options, async (context) => (await import('./commands/report.js')).report(path, options, context)),
    );

  add('test [path]', 'check by simulation that every `expect` holds', [
    'pathway test',
    'pathway test --budget 400 --junit results.xml --sarif results.sarif',
    'pathway test --budget 10min --undecided broken',
  ])
    .option('-s, --study <name>', 'what this study measures only')
    .addOption(
      new Option('--budget <amount>', 'replications (400) or time (10min) to go on for what is not decided').argParser(
        testBudget,
      ),
    )
    .addOption(
      new Option(
        '--undecided <as>',
        'an `expect` that cannot be decided ends with 3, passes, or counts as broken',
      ).choices(['apart', 'pass', 'broken']),
    )
    .addOption(
      new Option('--format <format>', 'how verdicts are written').choices(['text', 'json', 'github']).default('text'),
    )
    .option('--junit <file>', 'write the verdicts as JUnit XML too')
    .option('--sarif <file>', 'write what does not hold as SARIF too')
    .option('-n, --replications <number>', 'so many replications instead of what each study says', wholeNumber)
    .addOption(workersOption())
    .addOption(onOption())
    .addOption(deadlineOption())
    .action((path: string | undefined, options: CommonOptions & TestFlags) =>
      launch(options, async (context) => (await import('./commands/test.js')).test(path, options, context, version)),
    );

  add('watch [path]', 'say which levels and responses are active, from alerts and tables as they come', [
    'pathway watch examples/heat-wave --alerts inbox --state watch.json',
    'pathway watch --alerts alert.xml --values occupancy.csv --once --format json',
    'pathway watch --alerts drill --drill --as-of 2026-07-02T18:00',
  ])
    .addOption(
      new Option('--alerts <place>', 'a CAP 1.2 alert, or a folder that receives them; may be repeated')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--values <file>',
        'a CSV table that grows, with a column `time`, or a report of hospitals (EDXL-HAVE); may be repeated',
      )
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--beds <file>', 'a CSV table that says which beds of such reports are which resources')
    .addOption(
      new Option('--sender <name>', 'only alerts of this sender count; may be repeated')
        .argParser(collect)
        .default([], 'all'),
    )
    .option('--state <file>', 'remember there what happened, and go on from it')
    .option('--drill', 'a drill: only alerts with the status Exercise count, and every line says so')
    .option('--scenario <name>', 'only the responses that this scenario has at hand')
    .option('--once', 'judge what is there now, and end; ends with 1 where an input cannot be read')
    .option('--as-of <time>', 'judge what was there at a time, like 2026-07-01T14:00, and end')
    .option('--timezone <zone>', 'clock of times without a zone (default: that of the first territory)')
    .option('--start <date>', 'from when on series without dates count (default: the start of the first study)')
    .addOption(new Option('--interval <seconds>', 'look again after so long').argParser(seconds).default(5))
    .addOption(
      new Option('--format <format>', 'lines for people, or JSON lines').choices(['text', 'json']).default('text'),
    )
    .action((path: string | undefined, options: CommonOptions & WatchFlags) =>
      launch(options, async (context) => (await import('./commands/watch.js')).watch(path, options, context)),
    );

  add(
    'exercise [path]',
    'write a scenario as a table-top exercise: a script for the facilitator, papers for participants',
    [
      'pathway exercise examples/heat-wave --out facilitator.html',
      'pathway exercise --scenario FullPlan --for participants --format pdf --out participants.pdf',
      'pathway exercise --figures --format markdown',
      'pathway exercise examples/power-cut --alerts inbox --out facilitator.html',
    ],
  )
    .option('--scenario <name>', 'practise this scenario (default: the last with a crisis and responses)')
    .addOption(
      new Option('--for <reader>', 'who it is for').choices(['facilitator', 'participants']).default('facilitator'),
    )
    .option('--figures', 'simulate the scenario, and add what the plan brings about')
    .option('--alerts <folder>', 'write its alerts there too, with the status Exercise, for pathway watch --drill')
    .addOption(
      new Option('--format <format>', 'a page for browsers, Markdown, or a printed document')
        .choices(['html', 'markdown', 'pdf'])
        .default('html'),
    )
    .addOption(languageOption())
    .addOption(workersOption())
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & ExerciseFlags) =>
      launch(options, async (context) => (await import('./commands/exercise.js')).exercise(path, options, context)),
    );

  add('diff [paths...]', 'tell what changed in care between two versions', [
    'pathway diff',
    'pathway diff --from main --to HEAD examples/stroke',
    'pathway diff --from old-folder --to new-folder --format markdown --out comment.md',
  ])
    .option('--from <version>', 'the earlier version: a git revision, a folder or a file (default: HEAD)')
    .option('--to <version>', 'the later version (default: the files as they are)')
    .addOption(
      new Option('--format <format>', 'how the difference is written')
        .choices(['text', 'markdown', 'html', 'svg', 'json', 'sarif', 'github', 'gitlab'])
        .default('text'),
    )
    .option(
      '--consequences',
      'also tell what the change does to figures, by simulating both versions with the same patients',
    )
    .option('--fast', 'with consequences by closed forms alone, at once')
    .option('-n, --replications <number>', 'so many pairs of replications instead of what each study says', wholeNumber)
    .addOption(workersOption())
    .option('--link <address>', 'address of a file, with {file}, {line} and {version}, for links in Markdown')
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((paths: string[], options: CommonOptions & DiffFlags) =>
      launch(options, async (context) => (await import('./commands/diff.js')).diff(paths, options, context, version)),
    );

  add('approve <name> [path]', 'sign off what a pathway, study or other declaration means now', [
    'pathway approve StrokeCare --by RoyalDevon',
    'pathway approve StrokeCare examples/stroke --by RoyalDevon --on 2026-04-02',
  ])
    .option('--by <name>', 'organisation or role that approves it')
    .option('--on <date>', 'date of the approval, as in 2026-04-02 (default: today)', isoDate)
    .action((name: string, path: string | undefined, options: CommonOptions & ApproveFlags) =>
      launch(options, async (context) =>
        (await import('./commands/approve.js')).approveMeaning(name, path, options, context),
      ),
    );

  add('comment <file>', 'put a text on the pull or merge request of a pipeline, in the place of its earlier one', [
    'pathway diff --from main --format markdown --out difference.md; pathway comment difference.md',
  ]).action((file: string, options: CommonOptions) =>
    launch(options, async (context) => (await import('./commands/comment.js')).comment(file, context)),
  );

  add(
    'calibrate <log>',
    'turn an event log (CSV, XES, OCEL) into a pathway with numbers, or into numbers for a pathway',
    [
      'pathway calibrate visits.csv --out visits.pathway --report visits.html',
      'pathway calibrate visits.xes.gz --timezone Europe/London --name "Stroke care"',
      'pathway calibrate visits.csv --pathway care.pathway#StrokeCare --map "CT scan=Scan" --out from-log.pathway',
    ],
  )
    .addOption(
      new Option('--format <format>', 'what the log is (default: what its name ends with)').choices([
        'csv',
        'xes',
        'ocel',
      ]),
    )
    .option('--case <column>', 'column of the case, or type of objects in OCEL; what is usual is recognised')
    .option('--activity <column>', 'column of the activity')
    .option('--time <column>', 'column of the time of an event, or of the end of the work')
    .option('--start <column>', 'column of the start of the work')
    .option('--lifecycle <column>', 'column that says whether something is requested, starts or completes')
    .option('--resource <column>', 'column of who or what did it')
    .option('--attributes <columns>', 'attributes of patients to read, with commas between; `none` for none')
    .addOption(new Option('--dates <order>', 'how 03/04/2026 is read').choices(['day-first', 'month-first']))
    .option('--timezone <zone>', 'zone in which the clocks of the log run, like Europe/London')
    .option('-p, --pathway <file#name>', 'bring numbers to this pathway instead of discovering one')
    .addOption(
      new Option('--map <activity=step>', 'which step an activity of the log is; may be repeated')
        .argParser(collect)
        .default([], 'steps of the same name or title'),
    )
    .option('--threshold <cases>', 'write nothing that fewer cases show (default: 10)', wholeNumber)
    .option('--noise <share>', 'leave out of a discovered pathway what is rarer (default: 10%)', share)
    .addOption(
      new Option('--waits <how>', 'keep waits before steps as steps of their own, or drop them')
        .choices(['keep', 'drop'])
        .default('keep'),
    )
    .option('--seed <number>', 'for resampling (default: 1)', wholeNumber)
    .option('--name <title>', 'title of the pathway or scenario')
    .option('--title <title>', 'title of the log as a source')
    .option('--report <file>', 'write how well the log fits: .html, .md or .json')
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((log: string, options: CommonOptions & CalibrateFlags) =>
      launch(options, async (context) => (await import('./commands/calibrate.js')).calibrateLog(log, options, context)),
    );

  add('export [path]', 'write what other tools read', [
    'pathway export examples/stroke --to bpmn --pathway AcuteCare --out stroke.bpmn',
    'pathway export examples/stroke --to fhir-r4 --out stroke.json',
    'pathway export examples/stroke --to xes --out run.xes.gz',
    'pathway export --to ocel --study Options --scenario Today --out run.json',
    'pathway export examples/urgent-care --to simpy --out urgent_care.py',
  ])
    .addOption(
      new Option(
        '--to <format>',
        'a pathway as BPMN 2.0, pathways and services as FHIR, an event log of one replication (xes, ocel or csv), or a program for another engine',
      )
        .choices(EXPORT_FORMATS)
        .makeOptionMandatory(),
    )
    .option('-p, --pathway <name>', 'BPMN and FHIR: this pathway, with those that it calls')
    .addOption(
      new Option('--base <url>', 'FHIR: address of the server that the resources are for').argParser(serverAddress),
    )
    .option('-s, --study <name>', 'of this study (default: the first)')
    .option('--scenario <name>', 'in this scenario (default: the first of the study)')
    .option('--replication <number>', 'logs: which replication, from 0 (default: 0)', wholeNumber)
    .option('--seed <number>', 'logs and programs: this seed instead of what the study says', wholeNumber)
    .option('--partial', 'programs: also where the engine cannot say all of the model; what differs is told')
    .option('--holds', 'logs: also when beds and other things that are kept are taken and given back')
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((path: string | undefined, options: CommonOptions & ExportFlags) =>
      launch(options, async (context) => (await import('./commands/export.js')).exportTo(path, options, context)),
    );

  add('import <file>', 'turn a process (BPMN 2.0) or a report of hospitals (EDXL-HAVE) into text', [
    'pathway import discharge.bpmn --out discharge.pathway',
    'pathway import availability.xml --out beds.pathway',
    'pathway import discharge.bpmn | less',
  ])
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((file: string, options: CommonOptions & ImportFlags) =>
      launch(options, async (context) => (await import('./commands/import.js')).importFrom(file, options, context)),
    );

  add(
    'git <action> [arguments...]',
    'show, merge, check and trace meaning in git: setup, staged, blame, textconv, merge',
    [
      'pathway git setup',
      'pathway git setup --hook',
      'pathway git staged',
      'pathway git setup --remove',
      'pathway git blame StrokeCare.Scan examples/stroke',
    ],
  )
    .option('--remove', 'with setup: take everything away again')
    .option('--hook', 'with setup: also check what is staged before each commit')
    .option('--command <command>', 'with setup: how git calls Pathway (default: as it was called now)')
    .option('--all', 'with blame: every commit that changed the meaning, not only the latest')
    .action((action: string, args: string[], options: CommonOptions & GitFlags) =>
      launch(options, async (context) => (await import('./commands/git.js')).gitAction(action, args, options, context)),
    );

  add('new <folder>', 'begin a project that builds at once', [
    'pathway new my-region',
    'pathway new my-region --name "Ward in Devon"',
  ])
    .option('--name <title>', 'title of the project')
    .action((folder: string, options: CommonOptions & { name?: string }) =>
      launch(options, async (context) => (await import('./commands/new.js')).newProject(folder, options, context)),
    );

  add('lsp', 'start the language server for an editor, over standard input and output', ['pathway lsp'])
    // Editors add these to every server they start; there is one way to talk here.
    .option('--stdio', 'talk over standard input and output, the only way there is')
    .action((options: CommonOptions) => launch(options, async () => (await import('./commands/lsp.js')).lsp()));

  add('completion <shell>', 'print a script that completes commands and options', [
    'pathway completion bash > /etc/bash_completion.d/pathway',
    'source <(pathway completion zsh)',
    'pathway completion fish > ~/.config/fish/completions/pathway.fish',
  ]).action((shell: string, options: CommonOptions) =>
    launch(options, async (context) => (await import('./commands/completion.js')).completion(shell, program, context)),
  );
  return program;
}

/** Options of `pathway diff`. */
export interface DiffFlags {
  readonly from?: string;
  readonly to?: string;
  readonly format: 'text' | 'markdown' | 'html' | 'svg' | 'json' | 'sarif' | 'github' | 'gitlab';
  readonly pathway?: string;
  readonly consequences?: boolean;
  readonly fast?: boolean;
  readonly replications?: number;
  readonly workers?: number;
  readonly link?: string;
  readonly out?: string;
}

/** Options of `pathway exercise`. */
export interface ExerciseFlags {
  readonly scenario?: string;
  readonly for: 'facilitator' | 'participants';
  readonly figures?: boolean;
  /** A folder for its alerts. */
  readonly alerts?: string;
  readonly format: 'html' | 'markdown' | 'pdf';
  readonly language?: string;
  readonly workers?: number;
  readonly out?: string;
}

/** Options of `pathway watch`. */
export interface WatchFlags {
  readonly alerts: readonly string[];
  readonly values: readonly string[];
  readonly beds?: string;
  readonly sender: readonly string[];
  readonly state?: string;
  readonly drill?: boolean;
  readonly scenario?: string;
  readonly once?: boolean;
  readonly asOf?: string;
  readonly timezone?: string;
  readonly start?: string;
  readonly interval: number;
  readonly format: 'text' | 'json';
}

/** Options of `pathway approve`. */
export interface ApproveFlags {
  readonly by?: string;
  readonly on?: string;
}

/** Options of `pathway calibrate`. */
export interface CalibrateFlags {
  readonly format?: 'csv' | 'xes' | 'ocel';
  readonly case?: string;
  readonly activity?: string;
  readonly time?: string;
  readonly start?: string;
  readonly lifecycle?: string;
  readonly resource?: string;
  readonly attributes?: string;
  readonly dates?: 'day-first' | 'month-first';
  readonly timezone?: string;
  readonly pathway?: string;
  readonly map: readonly string[];
  readonly threshold?: number;
  readonly noise?: number;
  readonly waits: 'keep' | 'drop';
  readonly seed?: number;
  readonly name?: string;
  readonly title?: string;
  readonly report?: string;
  readonly out?: string;
}

/** Where studies are run. */
interface MachineFlags {
  readonly workers?: number;
  readonly on?: string;
  readonly deadline?: number;
}

/** What `pathway export` writes. */
const EXPORT_FORMATS = ['bpmn', 'fhir-r4', 'fhir-r5', 'xes', 'ocel', 'csv', 'simpy'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Options of `pathway export`. */
export interface ExportFlags {
  readonly to: ExportFormat;
  readonly pathway?: string;
  readonly base?: string;
  readonly study?: string;
  readonly scenario?: string;
  readonly replication?: number;
  readonly seed?: number;
  readonly holds?: boolean;
  readonly partial?: boolean;
  readonly out?: string;
}

/** Options of `pathway import`. */
export interface ImportFlags {
  readonly out?: string;
}

/** Options of `pathway git`. */
export interface GitFlags {
  readonly hook?: boolean;
  readonly remove?: boolean;
  readonly command?: string;
  readonly all?: boolean;
}

/** Options of `pathway test`. */
export interface TestFlags extends MachineFlags {
  readonly study?: string;
  readonly budget?: { readonly replications: number } | { readonly seconds: number };
  readonly undecided?: 'apart' | 'pass' | 'broken';
  readonly format: 'text' | 'json' | 'github';
  readonly junit?: string;
  readonly sarif?: string;
  readonly replications?: number;
}

/** Options of `pathway simulate`. */
export interface SimulateFlags extends MachineFlags {
  readonly study?: string;
  /** How many, or which ones into a file. */
  readonly replications?: number | { readonly first: number; readonly last: number };
  readonly merge?: readonly string[];
  readonly seed?: number;
  readonly format: 'text' | 'json' | 'svg';
  /** BCP 47, of a drawing. */
  readonly language?: string;
  readonly out?: string;
}

function languageOption(): Option {
  return new Option('--language <tag>', 'language of words, numbers and titles: en, it, es, pt, pl, fr, nl or de');
}

function workersOption(): Option {
  return new Option(
    '--workers <number>',
    'processor cores to use (default: all); results never depend on it',
  ).argParser(wholeNumber);
}

function onOption(): Option {
  return new Option('--on <address>', 'run on the workers at this broker, as in redis://host:6379');
}

function deadlineOption(): Option {
  return new Option(
    '--deadline <seconds>',
    'with --on: time for one replication, after which another worker tries it (default: 3600)',
  ).argParser(wholeNumber);
}

function example(command: Command, lines: readonly string[]): void {
  command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

function collect(value: string, earlier: readonly string[]): string[] {
  return [...earlier, value];
}

/** An address without the slash at its end. */
function serverAddress(text: string): string {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed?.protocol !== 'https:' && parsed?.protocol !== 'http:')
    throw new InvalidArgumentError('It is no address such as https://fhir.example.org/r4.');
  if (parsed.search !== '' || parsed.hash !== '' || parsed.username !== '' || parsed.password !== '')
    throw new InvalidArgumentError('An address of a server has no `?`, `#` and no password.');
  return parsed.href.replace(/\/+$/, '');
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value)) throw new InvalidArgumentError('It must be a whole number.');
  return value;
}

/** A local date and time. */
function localMoment(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) || Number.isNaN(Date.parse(`${text}Z`)))
    throw new InvalidArgumentError('It must be a date and time such as 2026-12-13T18:00.');
  return text;
}

function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d+(?:\.\d+)?$/.test(text) || value < 0.05 || value > 86_400)
    throw new InvalidArgumentError('It must be a number of seconds from 0.05 to 86400.');
  return value;
}

/** `2026-04-02`, a day that there is. */
function isoDate(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('It must be a date, like 2026-04-02.');
  return text;
}

/** `400` replications, or `90s`, `10min`, `1h`. */
function testBudget(text: string): NonNullable<TestFlags['budget']> {
  const [, amount, unit] = /^(\d+)\s?(s|min|h)?$/.exec(text) ?? [];
  if (amount === undefined || Number(amount) === 0)
    throw new InvalidArgumentError('It must be a number of replications, like 400, or a time, like 90s, 10min or 1h.');
  if (unit === undefined) return { replications: wholeNumber(amount) };
  return { seconds: Number(amount) * (unit === 's' ? 1 : unit === 'min' ? 60 : 3600) };
}

/** A share as `10%` or `0.1`. */
function share(text: string): number {
  const found = /^(\d+(?:\.\d+)?)(%?)$/.exec(text);
  const value = Number(found?.[1] ?? Number.NaN) / (found?.[2] === '%' ? 100 : 1);
  if (!(value >= 0 && value < 1)) throw new InvalidArgumentError('It must be a share from 0% to below 100%.');
  return value;
}

function numberOrRange(text: string): number | { readonly first: number; readonly last: number } {
  const [first = '', last, ...more] = text.split('-');
  if (last === undefined) return wholeNumber(first);
  if (more.length > 0) throw new InvalidArgumentError('It must be a whole number, or two as in 0-99.');
  return { first: wholeNumber(first), last: wholeNumber(last) };
}
