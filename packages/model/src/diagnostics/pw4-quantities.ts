import { defineDiagnostics } from './define.js';

/** PW4: units, dimensions and values. */
export const quantityDiagnostics = defineDiagnostics({
  PW4001: {
    severity: 'error',
    title: 'Unknown unit',
    explanation: 'A number is followed by something that is no unit of the language.',
    message: (p: { sentence: string }) => p.sentence,
    hint: 'Units are s, min, h, d, week, year, %, currency codes such as GBP, and compounds such as GBP/h or h/week.',
  },
  PW4002: {
    severity: 'error',
    title: 'Wrong dimension',
    explanation: 'A value measures something else than its place needs.',
    message: (p: { place: string; expected: string; found: string }) => `${p.place} needs ${p.expected}, but this is ${p.found}.`,
  },
  PW4003: {
    severity: 'error',
    title: 'Unlike quantities',
    explanation: 'Values that measure different things are added, subtracted or compared.',
    message: (p: { left: string; operator: string; right: string }) => `${p.left} and ${p.right} cannot be combined with \`${p.operator}\`.`,
  },
  PW4004: {
    severity: 'error',
    title: 'Currencies mixed',
    explanation: 'Amounts of two currencies meet without a rate of exchange.',
    message: (p: { first: string; second: string }) => `${p.first} and ${p.second} cannot be combined; write all amounts in one currency.`,
  },
  PW4005: {
    severity: 'error',
    title: 'Unknown parameters of a distribution',
    explanation: 'A distribution has parameters that its family does not know, or lacks some.',
    message: (p: { found: string; forms: string }) => `${p.found} is not defined; write ${p.forms}.`,
  },
  PW4006: {
    severity: 'error',
    title: 'Impossible value',
    explanation: 'A value, or the parameters of a distribution, cannot exist as written.',
    message: (p: { sentence: string }) => p.sentence,
  },
  PW4007: {
    severity: 'error',
    title: 'Not a fixed value',
    explanation: 'A value that has to be fixed is drawn for each patient or changes over time.',
    message: (p: { place: string; text: string }) => `${p.place} must be a fixed value, but \`${p.text}\` varies.`,
  },
  PW4008: {
    severity: 'error',
    title: 'Share outside 0% to 100%',
    explanation: 'A share or probability lies below 0% or above 100%.',
    message: (p: { value: string }) => `A share lies from 0% to 100%, and this is ${p.value}.`,
  },
  PW4009: {
    severity: 'error',
    title: 'Impossible date or clock time',
    explanation: 'A date or clock time does not exist in the calendar.',
    message: (p: { text: string; reason: string }) => `\`${p.text}\` is not possible: ${p.reason}.`,
  },
  PW4010: {
    severity: 'information',
    title: 'Number without a source',
    explanation: 'A number says nothing of where it comes from. This check is off unless asked for.',
    message: (p: { text: string }) => `Nothing says where ${p.text} comes from.`,
    hint: 'Add `source` with the name of a declared source.',
  },
});
