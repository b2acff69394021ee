import { type Origin, sha256Hex } from '@pathway/model';
import { type Comparison, fileIn } from './document.js';
import { rankHeading } from './markdown.js';
import { signAgainText } from './sign-again.js';
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

/** One thing to tell at a line. */
interface Placed {
  /** `change/safety`, `approval/stale`. */
  readonly rule: string;
  readonly heading: string;
  readonly level: 'warning' | 'note';
  /** As GitLab weighs it. */
  readonly severity: 'major' | 'minor' | 'info';
  readonly sentence: string;
  readonly reason?: string;
  readonly file: string;
  readonly origin: Origin;
}

const STALE = { rule: 'approval/stale', heading: 'Has to sign again', level: 'warning', severity: 'major' } as const;

const RULES = [
  ...RANKS.map((rank) => ({ rule: `change/${rank}`, heading: rankHeading(rank), level: LEVELS[rank] })),
  STALE,
];

/** Changes with a place in the later version; what is gone is told where it stood, at the head of what was around it. */
function placed({ projects }: Comparison): Placed[] {
  return projects.flatMap(({ path, difference }) => [
    ...difference.changes.flatMap((change): Placed[] => {
      const { rank, sentence, reason } = change;
      const origin = change.after?.origin ?? change.before?.origin;
      if (origin === undefined) return [];
      return [
        {
          rule: `change/${rank}`,
          heading: rankHeading(rank),
          level: LEVELS[rank],
          severity: rank === 'safety' ? 'major' : rank === 'wording' ? 'info' : 'minor',
          sentence,
          ...(reason !== undefined && { reason }),
          file: fileIn(path, origin.file),
          origin,
        },
      ];
    }),
    ...difference.signAgain.map((each): Placed => ({
      ...STALE,
      sentence: signAgainText(each),
      file: fileIn(path, each.origin.file),
      origin: each.origin,
    })),
  ]);
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
            rules: RULES.map(({ rule, heading, level }) => ({
              id: rule,
              shortDescription: { text: heading },
              defaultConfiguration: { level },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: placed(comparison).map(({ rule, level, sentence, reason, file, origin }) => ({
          ruleId: rule,
          ruleIndex: RULES.findIndex((each) => each.rule === rule),
          level,
          message: { text: messageOf(sentence, reason) },
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
          partialFingerprints: { 'pathwayChange/v1': sha256Hex(`${file}\u0000${sentence}`) },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function messageOf(sentence: string, reason: string | undefined): string {
  return reason === undefined ? sentence : `${sentence} (${reason})`;
}

/** Workflow commands that GitHub Actions shows beside the lines of a pull request. */
export function differenceGithub(comparison: Comparison): string {
  const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return placed(comparison)
    .map(({ heading, level, sentence, reason, file, origin }) => {
      const command = level === 'warning' ? 'warning' : 'notice';
      const title = property(`${heading}${reason === undefined ? '' : `: ${reason}`}`);
      return `::${command} file=${property(file)},line=${origin.line},endLine=${origin.endLine},title=${title}::${data(sentence)}\n`;
    })
    .join('');
}

/** A Code Quality report, as GitLab shows it in a merge request. */
export function differenceGitlab(comparison: Comparison): string {
  const seen = new Map<string, number>();
  const report = placed(comparison).map(({ rule, severity, sentence, reason, file, origin }) => {
    const key = `${file}\u0000${sentence}`;
    const count = seen.get(key) ?? 0;
    seen.set(key, count + 1);
    return {
      description: messageOf(sentence, reason),
      check_name: rule,
      fingerprint: sha256Hex(`${key}\u0000${count}`),
      severity,
      location: { path: file, lines: { begin: origin.line, end: origin.endLine } },
    };
  });
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
