import { defineDiagnostics } from './define.js';

/** PW7: indicators, studies and products. */
export const productDiagnostics = defineDiagnostics({
  PW7001: {
    severity: 'information',
    title: 'Nothing measured',
    explanation: 'No indicator with an aim measures a pathway, so that no study can say whether a change is better.',
    message: (p: { pathway: string }) => `No indicator with an aim measures ${p.pathway}.`,
  },
  PW7002: {
    severity: 'error',
    title: 'Study cannot start',
    explanation: 'The start of a study is not a moment in the calendar of its time zone.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW7003: {
    severity: 'warning',
    title: 'Expectation never measured',
    explanation: 'No study measures the scenario and indicator of an `expect`, so that it is never checked.',
    message: (p: { text: string }) => `No study measures \`${p.text}\`.`,
  },
});
