import { Option } from 'commander';
import type { DiagramCommandOptions } from '../commands/diagram-request.js';
import type { CommonOptions } from '../shell/context.js';
import type { Commands } from './commands.js';
import { languageOption, collect, wholeNumber } from './options.js';

/** What `pathway diagram` draws: every view of the drawings' package, the matrix of skills, or all but that matrix. */
export const DIAGRAM_VIEWS: readonly DiagramCommandOptions['view'][] = [
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

/** Commands about drawings. */
export function addDrawingCommands({ add, launch }: Commands): void {
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
    .addOption(
      new Option('--paper <size>', 'of a PDF document; a slide has 16 : 9')
        .choices(['a4', 'a3', 'slide'])
        .default('a4'),
    )
    .option('--embed-font', 'in SVG, the typeface that it was measured in, so that it looks the same everywhere')
    .option('--one-page', 'in a PDF document, each drawing on one sheet, however small its text becomes')
    .option('--poster', 'a poster for the wall: with owner, legend, targets and sources, on A3')
    .option('--date <date>', 'date on the poster, like 2026-01-31')
    .addOption(languageOption())
    .option(
      '-o, --out <place>',
      'a folder, or a file that ends in .svg, .pdf, .png, .html, .mmd, .dot, .drawio or .excalidraw; without it, standard output',
    )
    .action((path: string | undefined, options: CommonOptions & DiagramCommandOptions) =>
      launch(options, async (context) => (await import('../commands/diagram.js')).diagram(path, options, context)),
    );
}
