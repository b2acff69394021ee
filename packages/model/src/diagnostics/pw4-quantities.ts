import { defineDiagnostics } from './define.js';

/** PW4: units, dimensions and values. */
export const quantityDiagnostics = defineDiagnostics({
  PW4001: {
    severity: 'error',
    title: 'Unknown unit',
    explanation: 'A number is followed by something that is no unit of the language.',
    message: (p: { sentence: string }) => p.sentence,
    hint: 'Units are s, min, h, d, week, year, m, km, mi, %, currency codes such as GBP, and compounds such as GBP/h or km/h.',
  },
  PW4002: {
    severity: 'error',
    title: 'Wrong dimension',
    explanation: 'A value measures something else than its place needs.',
    message: (p: { place: string; expected: string; found: string }) =>
      `${p.place} needs ${p.expected}, but this is ${p.found}.`,
  },
  PW4003: {
    severity: 'error',
    title: 'Unlike quantities',
    explanation: 'Values that measure different things are added, subtracted or compared.',
    message: (p: { left: string; operator: string; right: string }) =>
      `${p.left} and ${p.right} cannot be combined with \`${p.operator}\`.`,
  },
  PW4004: {
    severity: 'error',
    title: 'Currencies mixed',
    explanation: 'Amounts of two currencies meet without a rate of exchange.',
    message: (p: { first: string; second: string }) =>
      `${p.first} and ${p.second} cannot be combined; write all amounts in one currency.`,
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
  PW4011: {
    severity: 'error',
    title: 'Unknown function',
    explanation: 'A name before parentheses is neither a distribution nor a function.',
    message: (p: { name: string; suggestion: string }) =>
      p.suggestion === ''
        ? `\`${p.name}\` is neither a distribution nor a function.`
        : `\`${p.name}\` is neither a distribution nor a function; did you mean \`${p.suggestion}\`?`,
  },
  PW4012: {
    severity: 'error',
    title: 'Not to be used here',
    explanation:
      'A function or name has a meaning elsewhere, such as in a condition or an indicator, but not in this place.',
    message: (p: { text: string; where: string }) => `\`${p.text}\` has no value here; it can be used ${p.where}.`,
  },
  PW4013: {
    severity: 'error',
    title: 'Wrong arguments',
    explanation: 'A function is given too few or too many arguments, or arguments of the wrong kind.',
    message: (p: { function: string; needs: string }) => `\`${p.function}\` needs ${p.needs}.`,
  },
  PW4014: {
    severity: 'error',
    title: 'Unknown word',
    explanation: 'A word stands where one of a short list is expected.',
    message: (p: { what: string; word: string; words: string }) =>
      `\`${p.word}\` is no ${p.what}; it is one of ${p.words}.`,
  },
  PW4015: {
    severity: 'warning',
    title: 'Malformed code',
    explanation: 'A code, address or calendar name does not have the form that its system gives it.',
    message: (p: { code: string; what: string; form: string }) => `"${p.code}" is no ${p.what}; write ${p.form}.`,
  },
  PW4016: {
    severity: 'error',
    title: 'Profile of the wrong length',
    explanation: 'A table of hours or days does not fill a day or a week.',
    message: (p: { length: number; needs: string }) => `This table has ${p.length} values; ${p.needs}.`,
    hint: 'Add `from the start` for a table that begins with the study and then repeats.',
  },
  PW4017: {
    severity: 'warning',
    title: 'Duration below zero',
    explanation: 'A distribution of a duration gives values below zero, which no duration can have.',
    message: (p: { text: string; share: string }) =>
      `${p.share} of the draws of \`${p.text}\` lie below zero; bound it with \`from … to …\` or use a distribution that starts at zero.`,
  },
  PW4018: {
    severity: 'error',
    title: 'Number made of too many others',
    explanation:
      'A number, with all the numbers that it is made of written out, is longer than the limit that protects tools.',
    message: (p: { name: string; limit: number }) =>
      `Written out, \`${p.name}\` has more than ${p.limit} parts; give one of the numbers that it is made of a value of its own.`,
  },
});
