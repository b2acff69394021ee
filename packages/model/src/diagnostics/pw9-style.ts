import { defineDiagnostics } from './define.js';

/** PW9: style. Nothing here changes what a text means. */
export const styleDiagnostics = defineDiagnostics({
  PW9001: {
    severity: 'hint',
    title: 'Name without a title',
    explanation: 'A pathway has no title, so that reports show its name.',
    message: (p: { kind: string; name: string }) => `The ${p.kind} \`${p.name}\` has no title for readers.`,
  },
  PW9002: {
    severity: 'warning',
    title: 'Silenced without a reason',
    explanation: 'A comment silences a diagnostic and does not say why.',
    message: (p: { code: string }) => `${p.code} is silenced without a reason; write \`@allow ${p.code} because …\`.`,
  },
  PW9003: {
    severity: 'information',
    title: 'Nothing to silence',
    explanation: 'A comment silences a diagnostic that does not occur on its line or the next one.',
    message: (p: { code: string }) => `${p.code} does not occur here; remove the comment.`,
  },
  PW9004: {
    severity: 'warning',
    title: 'Unknown code silenced',
    explanation: 'A comment silences a code that no diagnostic has.',
    message: (p: { code: string }) => `There is no diagnostic ${p.code}.`,
  },
  PW9005: {
    severity: 'information',
    title: 'Title missing in a language',
    explanation: 'A project asks for titles in several languages, and a declaration or step lacks one of them.',
    message: (p: { name: string; languages: string }) => `\`${p.name}\` has no title in ${p.languages}.`,
    hint: 'Add it: `title Name { it "…" }`.',
  },
});
