import type { AddedPackage, FoundPackage, PackageFacts, PackageManifest, PublishPoint } from '@pathway/compiler';
import { byId, type Finding, titleOf } from '@pathway/model';
import type { Colours } from '../shell/context.js';
import { counted } from './counted.js';
import { printable } from './printable.js';

interface Told {
  readonly found: FoundPackage;
  readonly facts: PackageFacts;
  /** The same package in other versions that are here too. */
  readonly others: readonly FoundPackage[];
}

const PLACES: Readonly<Record<FoundPackage['place'], string>> = {
  kept: 'kept by this project',
  npm: 'installed by npm',
  folder: 'in a folder',
  shipped: 'shipped with Pathway',
};

const SINGULAR: Readonly<Record<string, string>> = {
  indicators: 'indicator',
  expectations: 'expectation',
  crises: 'crisis',
  responses: 'response',
  scenarios: 'scenario',
  studies: 'study',
};

/** What a search has found, one paragraph each. */
export function hitsText(hits: readonly Told[], colours: Colours): string {
  const paragraphs = hits.map(({ found, facts, others }) => {
    const { description = '' } = found.manifest;
    const templates = facts.templates.map(({ title }) => title).join(', ');
    const lines = [
      ...(description === '' ? [] : [description]),
      ...(templates === '' ? [] : [`templates: ${templates}`]),
      ...(facts.usages.length === 0 ? [] : [`used: ${facts.usages.map((each) => titleOf(each)).join('; ')}`]),
    ];
    return [heading(found, colours), ...othersText(others), ...lines.map((line) => `  ${printable(line)}`)].join('\n');
  });
  return `${paragraphs.join('\n\n')}\n`;
}

function othersText(others: readonly FoundPackage[]): readonly string[] {
  return others.map((each) => `  also here: ${each.manifest.version}, ${printable(whereText(each))}`);
}

function whereText({ place, source }: FoundPackage): string {
  return place === 'folder' || place === 'kept' ? `${PLACES[place]}: ${source}` : PLACES[place];
}

function heading(found: FoundPackage, colours: Colours): string {
  const { manifest } = found;
  const where = whereText(found);
  const licence = manifest.license ?? 'no licence: nobody may use it';
  return `${colours.bold(printable(manifest.name))} ${manifest.version} · ${printable(licence)} · ${printable(where)}`;
}

/** All that is known of a package. */
export function packageText({ found, facts, others }: Told, colours: Colours): string {
  const { description = '' } = found.manifest;
  const { templates, usages, sources, languages, diagnostics } = facts;
  const parts = [
    [heading(found, colours), ...othersText(others), ...(description === '' ? [] : [printable(description)])].join(
      '\n',
    ),
    ...templates.map((template) => templateText(template, colours)),
    ...usages.map((usage) => {
      const span = [usage.from && `from ${usage.from}`, usage.until && `until ${usage.until}`].filter(Boolean);
      const said = (word: string, { text, sources: by = [] }: Finding): string => {
        const rests = by.map((id) => byId(sources, id)).flatMap((source) => source?.grade ?? []);
        return `  ${word}: ${printable(text)}${rests.length === 0 ? '' : ` (grade ${rests.join(', ')})`}`;
      };
      return [
        colours.bold(printable(`Used: ${titleOf(usage)}${span.length === 0 ? '' : `, ${span.join(' ')}`}`)),
        ...usage.results.map((each) => said('result', each)),
        ...usage.lessons.map((each) => said('lesson', each)),
        ...(usage.note === undefined ? [] : [`  note: ${printable(usage.note)}`]),
      ].join('\n');
    }),
    ...(sources.length === 0
      ? []
      : [
          [
            colours.bold('Rests on'),
            ...sources.map(
              (each) =>
                `  ${each.grade ?? '–'}  ${printable(titleOf(each))}${each.url === undefined ? '' : ` ${printable(each.url)}`}`,
            ),
          ].join('\n'),
        ]),
    ...(languages.length === 0
      ? []
      : [`${colours.bold('Titles in')} ${languages.map(({ language }) => printable(language)).join(', ')}`]),
    ...errorsText(diagnostics, colours),
  ];
  return `${parts.join('\n\n')}\n`;
}

function templateText(template: PackageFacts['templates'][number], colours: Colours): string {
  const { title, id, documentation, needs, maturity, parts } = template;
  const kinds = [...new Set(needs.map(({ kind }) => kind))];
  const brings = Object.entries(parts).filter(([, count]) => count > 0);
  return [
    `${colours.bold(printable(title))} (${printable(id)})`,
    ...(documentation === undefined ? [] : documentation.split('\n').map((line) => `  ${printable(line)}`)),
    ...kinds.map((kind) => {
      const titles = needs.filter((need) => need.kind === kind).map((need) => need.title);
      return `  needs ${kind}: ${printable(titles.join('; '))}`;
    }),
    ...(maturity.length === 0
      ? []
      : [`  needs maturity: ${printable(maturity.map((each) => `${each.title} ${each.points}`).join('; '))}`]),
    ...(brings.length === 0
      ? []
      : [
          `  brings ${brings.map(([list, count]) => (count === 1 ? `1 ${SINGULAR[list] ?? list}` : `${count} ${list}`)).join(', ')}`,
        ]),
  ].join('\n');
}

function errorsText(diagnostics: PackageFacts['diagnostics'], colours: Colours): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return [];
  const lines = errors
    .slice(0, 5)
    .map(({ code, range, message }) => `  ${code} ${range.file}:${range.line}: ${printable(message)}`);
  return [[colours.red(`It has ${counted(errors.length, 'error')}, and cannot be used as it is`), ...lines].join('\n')];
}

/** What was added, from where, under which licence, and what to do next. */
export function addedText(
  added: readonly AddedPackage[],
  { templates }: PackageFacts,
  project: string,
  colours: Colours,
): string {
  const lines = added.flatMap(({ package: { manifest }, locked, before, changed, folder, uncommitted }) => [
    `${colours.bold(printable(manifest.name))} ${locked.version}${changeText(before?.version, locked.version, changed.length)}`,
    `  licence ${printable(locked.licence)}`,
    `  from ${printable(locked.source)}${locked.revision === undefined ? '' : `, commit ${printable(locked.revision)}`}`,
    ...(folder === undefined ? [] : [`  files in ${printable(folder)}, ${locked.integrity.slice(0, 19)}…`]),
    ...(uncommitted ? ['  The folder has changes that no commit has: others cannot find them.'] : []),
    ...changed.slice(0, 10).map((path) => `  changed: ${printable(path)}`),
  ]);
  const last = added.at(-1)?.package.manifest.name ?? '';
  const [template] = templates;
  const next = [
    `Wrote pathway.lock.json${project === '.' ? '' : ` of ${printable(project)}`}: keep it with the project. Next, in a pathway of it:`,
    '',
    `  import "${printable(last)}"`,
    ...(template === undefined ? [] : ['', `then: pathway transfer ${printable(template.id)} --to TERRITORY`]),
  ];
  return `${[...lines, ...next].join('\n')}\n`;
}

function changeText(before: string | undefined, now: string, changed: number): string {
  if (before === undefined) return '';
  if (changed === 0) return ' (as before)';
  return before === now ? ` (${counted(changed, 'file')} changed, the version did not)` : ` (was ${before})`;
}

/** What a package has and lacks, what is demanded first. */
export function publishText(
  { name, version }: PackageManifest,
  points: readonly PublishPoint[],
  colours: Colours,
): string {
  const width = Math.max(...points.map(({ point }) => point.length));
  const line = ({ point, there, because, demanded }: PublishPoint): string => {
    const mark = there ? colours.green('✓') : demanded ? colours.red('✗') : colours.yellow('–');
    return `${mark} ${point.padEnd(width)}  ${printable(because)}`;
  };
  const lacking = points.filter(({ there, demanded }) => !there && demanded);
  const wished = points.filter(({ there, demanded }) => !there && !demanded);
  const more = wished.length === 0 ? '' : ` ${counted(wished.length, 'point')} would help (–).`;
  const verdict =
    lacking.length === 0
      ? `${name} ${version} can be of use to others.${more}`
      : `${name} ${version} is not ready: ${counted(lacking.length, 'point')} lacking (✗).${more}`;
  return `${[...points.map(line), '', verdict].join('\n')}\n`;
}
