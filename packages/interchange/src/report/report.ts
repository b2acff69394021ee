import { number, plural } from '../write/numbers.js';
import { escaped, markdownCell } from './escape.js';
import { fitPictures, profilePicture } from './picture.js';
import type { CalibrationSummary } from './summary.js';
import { reportTables, type ReportTable } from './tables.js';

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1b1f24;background:#fff}h1{line-height:1.2}table{border-collapse:collapse;margin:.5rem 0 1.5rem;display:block;overflow-x:auto}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #dfe3e7;vertical-align:top}code{font-size:.85em;overflow-wrap:anywhere}.note{color:#555d66;max-width:46rem}.pictures{display:flex;flex-wrap:wrap;gap:1rem}svg{max-width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:currentColor}.bar{fill:#0072b2;opacity:.45}.law{fill:none;stroke:#c04f00;stroke-width:2}.dot{fill:#0072b2}.diagonal{fill:none;stroke:#c04f00;stroke-dasharray:4 3}.axis{stroke:#8a929b;fill:none}.grid{stroke:#dfe3e7;fill:none}@media(prefers-color-scheme:dark){body{color:#e8eaed;background:#14171a}th,td{border-color:#363c42}.grid{stroke:#363c42}.note{color:#aeb6bf}.bar,.dot{fill:#56b4e9}.law,.diagonal{stroke:#ff9a66}}`;

function opening({ title, log, stay }: CalibrationSummary): string[] {
  return [
    `${title}: ${plural(log.cases, 'case')} with ${plural(log.events, 'event')} from ${log.first} to ${log.last}. ${stay.notes.join(' ')}`,
    'Intervals are 95 %. Nothing on this page comes from fewer cases than the threshold; names of cases and performers are not on it.',
  ];
}

function arrivalNotes({ arrivals }: CalibrationSummary): readonly string[] {
  return arrivals === undefined ? [] : [`${number(arrivals.perDay)} patients a day.`, ...arrivals.notes];
}

/** One page for browsers that needs nothing beside itself: tables, and pictures of every fit. */
export function calibrationHtml(summary: CalibrationSummary): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  const profile = summary.arrivals?.profile;
  const pictures = summary.steps.flatMap(({ activity, measures, duration: fit, wait }) => [
    ...(fit === undefined
      ? []
      : [section(`${activity}: ${measures === 'work' ? 'work' : 'time since the step before'}`, fit)]),
    ...(wait === undefined || wait.mean === 0 ? [] : [section(`${activity}: wait`, wait)]),
  ]);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(summary.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>What the log says</h1>
${opening(summary).map(paragraph).join('\n')}
<h2>Arrivals</h2>
${arrivalNotes(summary).map(paragraph).join('\n')}
${profile === undefined ? '' : profilePicture(profile.values, profile.slot)}
${reportTables(summary).map(htmlTable).join('\n')}
<h2>Pictures of the fits</h2>
<p class="note">Left: bars are shares of the observations, the line is the law. Right: quantiles of the observations over those of the law; on the dashed line both agree.</p>
${pictures.join('\n')}
</body>
</html>
`;
}

function section(name: string, fit: Parameters<typeof fitPictures>[1]): string {
  return `<h3>${escaped(name)}</h3>\n<p><code>${escaped(fit.text)}</code></p>\n${fit.notes.map(paragraph).join('\n')}\n${fitPictures(name, fit)}`;
}

function paragraph(text: string): string {
  return `<p class="note">${escaped(text)}</p>`;
}

function htmlTable({ title, notes, head, rows }: ReportTable): string {
  const cells = (row: readonly string[], tag: string): string =>
    `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  const table =
    rows.length === 0
      ? ''
      : `<table><thead>${cells(head, 'th')}</thead><tbody>${rows.map((row) => cells(row, 'td')).join('\n')}</tbody></table>`;
  return `<h2>${escaped(title)}</h2>\n${notes.map(paragraph).join('\n')}\n${table}`;
}

/** The same as Markdown, without pictures. */
export function calibrationMarkdown(summary: CalibrationSummary): string {
  const line = (row: readonly string[]): string => `| ${row.map(markdownCell).join(' | ')} |`;
  const parts = [
    '# What the log says',
    ...opening(summary).map(markdownCell),
    '## Arrivals',
    ...arrivalNotes(summary).map(markdownCell),
    ...reportTables(summary).flatMap(({ title, notes, head, rows }) => [
      `## ${title}`,
      ...notes.map(markdownCell),
      ...(rows.length === 0
        ? []
        : [[line(head), `|${head.map(() => ' --- ').join('|')}|`, ...rows.map(line)].join('\n')]),
    ]),
  ];
  return `${parts.join('\n\n')}\n`;
}
