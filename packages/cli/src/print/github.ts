import { shownFile, type ProjectCompilation } from '@pathway/compiler';
import type { Severity } from '@pathway/model';

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
      diagnostics.map(({ code, severity, message, range }) => {
        const properties = {
          file: shownFile(project, range.file),
          line: range.line,
          endLine: range.endLine,
          col: range.column,
          endColumn: range.endColumn,
          title: code,
        };
        const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
        return `::${COMMANDS[severity]} ${written.join(',')}::${escapeData(message)}\n`;
      }),
    )
    .join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
