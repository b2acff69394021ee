import { ProjectError } from '@pathway/compiler';
import { DIAGNOSTIC_CODES, explainDiagnostic, isDiagnosticCode, nearestText } from '@pathway/model';
import { DIAGNOSTIC_PAGES } from '../generated/diagnostic-pages.js';
import type { Colours, Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';

/** `pathway explain PW2001`: the page of a diagnostic; without a code, the list of all. */
export function explain(code: string | undefined, context: Context): Promise<number> {
  context.print(code === undefined ? listOfAll(context.outColours) : pageOf(code, context.outColours));
  return Promise.resolve(EXIT.ok);
}

function listOfAll(colours: Colours): string {
  return DIAGNOSTIC_CODES.map((code) => {
    const { title, severity } = explainDiagnostic(code);
    return `${colours.bold(code)}  ${severity.padEnd('information'.length)}  ${title}`;
  }).join('\n');
}

function pageOf(written: string, colours: Colours): string {
  const code = written.toUpperCase();
  if (!isDiagnosticCode(code)) {
    const near = nearestText(code, DIAGNOSTIC_CODES);
    throw new ProjectError(
      `There is no diagnostic ${written}.`,
      `${near === undefined ? '' : `Did you mean ${near}? `}\`pathway explain\` lists all codes.`,
    );
  }
  const page = DIAGNOSTIC_PAGES[code];
  if (page !== undefined) return page.replace(/^#+ .*$/gm, (heading) => colours.bold(heading));
  const { title, severity, sentence, hint } = explainDiagnostic(code);
  return `${colours.bold(`# ${code}: ${title}`)} (${severity})\n\n${sentence}${hint === undefined ? '' : `\n\n${hint}`}`;
}
