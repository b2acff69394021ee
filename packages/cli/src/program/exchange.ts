import { Option } from 'commander';
import type { CommonOptions } from '../shell/context.js';
import type { Commands } from './commands.js';
import { EXPORT_FORMATS, type CalibrateFlags, type ExportFlags, type ImportFlags } from './flags.js';
import { collect, serverAddress, wholeNumber, share } from './options.js';

/** Commands about what other tools read and write. */
export function addExchangeCommands({ add, launch }: Commands): void {
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
      launch(options, async (context) =>
        (await import('../commands/calibrate.js')).calibrateLog(log, options, context),
      ),
    );

  add('export [path]', 'write what other tools read', [
    'pathway export examples/stroke --to bpmn --pathway AcuteCare --out stroke.bpmn',
    'pathway export examples/stroke --to fhir-r4 --out stroke.json',
    'pathway export examples/stroke --to xes --out run.xes.gz',
    'pathway export --to ocel --study Options --scenario Today --out run.json',
    'pathway export examples/urgent-care --to simpy --out urgent_care.py',
    'pathway export examples/stroke --to prosimos --partial --out stroke.bpmn',
  ])
    .addOption(
      new Option(
        '--to <format>',
        'a pathway as BPMN 2.0, pathways and services as FHIR, an event log of one replication (xes, ocel or csv), a program for another engine, or the two files of Prosimos',
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
    .option(
      '-o, --out <file>',
      'write there instead of standard output; of Prosimos, the file of BPMN and one that ends in .json',
    )
    .action((path: string | undefined, options: CommonOptions & ExportFlags) =>
      launch(options, async (context) => (await import('../commands/export.js')).exportTo(path, options, context)),
    );

  add('import <file>', 'turn a process (BPMN 2.0) or a report of hospitals (EDXL-HAVE) into text', [
    'pathway import discharge.bpmn --out discharge.pathway',
    'pathway import availability.xml --out beds.pathway',
    'pathway import discharge.bpmn | less',
  ])
    .option('-o, --out <file>', 'write there instead of standard output')
    .action((file: string, options: CommonOptions & ImportFlags) =>
      launch(options, async (context) => (await import('../commands/import.js')).importFrom(file, options, context)),
    );
}
