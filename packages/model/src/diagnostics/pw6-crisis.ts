import { defineDiagnostics } from './define.js';

/** PW6: recovery targets, crises and responses. */
export const crisisDiagnostics = defineDiagnostics({
  PW6001: {
    severity: 'error',
    title: 'Essential pathway below its minimum',
    explanation: 'The capacity of an essential pathway is below the smallest service that it declares acceptable.',
    message: (p: { pathway: string; share: string; minimum: string }) =>
      `${p.pathway} can serve ${p.share} of its demand, below its minimum of ${p.minimum}.`,
  },
});
