import { shownFile, type Project, type ProjectCompilation } from '@pathway/compiler';
import type { Origin, Severity } from '@pathway/model';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** Workflow commands that GitHub Actions turns into annotations of the lines of a pull request. */
export function githubAnnotations(compilations: readonly ProjectCompilation[]): string {
  return compilations
    .flatMap(({ project, diagnostics }) =>
      diagnostics.map(({ code, severity, message, range }) =>
        githubAnnotation(COMMANDS[severity], project, range, code, message),
      ),
    )
    .join('');
}

/** One workflow command, at a place from the folder in which the command runs. */
export function githubAnnotation(
  command: string,
  project: Project,
  place: Origin,
  title: string,
  text: string,
): string {
  const properties = {
    file: shownFile(project, place.file),
    line: place.line,
    endLine: place.endLine,
    col: place.column,
    endColumn: place.endColumn,
    title,
  };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${command} ${written.join(',')}::${escapeData(text)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
