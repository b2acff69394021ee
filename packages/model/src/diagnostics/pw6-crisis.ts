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
  PW6002: {
    severity: 'error',
    title: 'Signal without one reading',
    explanation: 'A signal reads nothing, or more than one thing, so that nobody knows what is watched.',
    message: (p: { signal: string; found: string }) => `${p.signal} ${p.found}.`,
    hint: 'Write either `from "file.csv" column "name"` or `value` with what can be seen at a moment.',
  },
  PW6003: {
    severity: 'error',
    title: 'Gauge without a level',
    explanation: 'A gauge does not say how a level comes about, or puts levels of different scales together.',
    message: (p: { gauge: string; reason: string }) => `${p.gauge} gives no level: ${p.reason}.`,
  },
  PW6004: {
    severity: 'error',
    title: 'Curve with other parameters',
    explanation: 'The curve of an epidemic lacks a parameter that its model needs, or has one that it does not know.',
    message: (p: { curve: string; reason: string }) => `The curve \`${p.curve}\` ${p.reason}.`,
  },
  PW6005: {
    severity: 'error',
    title: 'Level in question',
    explanation: 'A response is called by a scale without a level, or a level stands where it means nothing.',
    message: (p: { reason: string }) => `${p.reason}.`,
  },
  PW6006: {
    severity: 'error',
    title: 'Property that the place does not have',
    explanation: 'A patch or a dependency says something that the place it is about cannot have.',
    message: (p: { place: string; reason: string }) => `${p.place} cannot have this: ${p.reason}.`,
  },
});
