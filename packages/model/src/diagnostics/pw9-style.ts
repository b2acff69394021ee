import { defineDiagnostics } from './define.js';

/** PW9: style. Nothing here changes what a text means. */
export const styleDiagnostics = defineDiagnostics({
  PW9001: {
    severity: 'hint',
    title: 'Name without a title',
    explanation: 'A pathway has no title, so that reports show its name.',
    message: (p: { kind: string; name: string }) => `The ${p.kind} \`${p.name}\` has no title for readers.`,
  },
});
