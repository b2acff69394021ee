import { type Origin, sha256Hex } from '@pathway/model';
import type { Change } from './difference.js';
import { type Comparison, fileIn } from './document.js';
import { rankHeading } from './markdown.js';
import { type Rank, RANKS } from './words.js';

const LEVELS: Readonly<Record<Rank, 'warning' | 'note'>> = {
  safety: 'warning',
  flow: 'note',
  staff: 'note',
  capacity: 'note',
  demand: 'note',
  evidence: 'note',
  wording: 'note',
};

interface Placed {
  readonly change: Change;
  readonly file: string;
  readonly origin: Origin;
}

/** Changes with a place in the later version; what is gone is told where it stood, at the head of what was around it. */
function placed({ projects }: Comparison): Placed[] {
  return projects.flatMap((project) =>
    project.difference.changes.flatMap((change) => {
      const origin = change.after?.origin ?? change.before?.origin;
      return origin === undefined ? [] : [{ change, file: fileIn(project.path, origin.file), origin }];
    }),
  );
}

/**
 * What differs as a SARIF 2.1.0 log (OASIS Standard, 2020): one rule a rank, one result a change. Fingerprints depend on
 * what is said, not on the line.
 * @param version of the tool
 */
export function differenceSarif(comparison: Comparison, version: string): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Pathway difference',
            semanticVersion: version,
            rules: RANKS.map((rank) => ({
              id: `change/${rank}`,
              shortDescription: { text: rankHeading(rank) },
              defaultConfiguration: { level: LEVELS[rank] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: placed(comparison).map(({ change, file, origin }) => ({
          ruleId: `change/${change.rank}`,
          ruleIndex: RANKS.indexOf(change.rank),
          level: LEVELS[change.rank],
          message: { text: messageOf(change) },
          locations: [
            {
              physicalLocation: {
                artifactLocation: {
                  uri: encodeURI(file).replaceAll('#', '%23').replaceAll('?', '%3F'),
                  uriBaseId: '%SRCROOT%',
                },
                region: {
                  startLine: origin.line,
                  startColumn: origin.column,
                  endLine: origin.endLine,
                  endColumn: origin.endColumn,
                },
              },
            },
          ],
          partialFingerprints: { 'pathwayChange/v1': sha256Hex(`${file}\u0000${change.sentence}`) },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function messageOf({ sentence, reason }: Change): string {
  return reason === undefined ? sentence : `${sentence} (${reason})`;
}

/** Workflow commands that GitHub Actions shows beside the lines of a pull request. */
export function differenceGithub(comparison: Comparison): string {
  const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return placed(comparison)
    .map(({ change, file, origin }) => {
      const level = LEVELS[change.rank] === 'warning' ? 'warning' : 'notice';
      const title = property(`${rankHeading(change.rank)}${change.reason === undefined ? '' : `: ${change.reason}`}`);
      return `::${level} file=${property(file)},line=${origin.line},endLine=${origin.endLine},title=${title}::${data(change.sentence)}\n`;
    })
    .join('');
}

/** A Code Quality report, as GitLab shows it in a merge request. */
export function differenceGitlab(comparison: Comparison): string {
  const seen = new Map<string, number>();
  const report = placed(comparison).map(({ change, file, origin }) => {
    const key = `${file}\u0000${change.sentence}`;
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return {
      description: messageOf(change),
      check_name: `change/${change.rank}`,
      fingerprint: sha256Hex(`${key}\u0000${count}`),
      severity: change.rank === 'safety' ? 'major' : change.rank === 'wording' ? 'info' : 'minor',
      location: { path: file, lines: { begin: origin.line, end: origin.endLine } },
    };
  });
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
