import { defineDiagnostics } from './define.js';

/** PW2: names, imports and files. */
export const nameDiagnostics = defineDiagnostics({
  PW2001: {
    severity: 'error',
    title: 'Unknown name',
    explanation: 'A name refers to something that is neither declared nor imported here.',
    message: (p: { kind: string; name: string; suggestion: string }) =>
      p.suggestion === ''
        ? `There is no ${p.kind} \`${p.name}\` here.`
        : `There is no ${p.kind} \`${p.name}\` here; did you mean \`${p.suggestion}\`?`,
    hint: 'Correct the name, declare it, or import the file that declares it.',
  },
  PW2002: {
    severity: 'error',
    title: 'Name declared twice',
    explanation: 'Two declarations of one file, or two steps of one pathway, have the same name.',
    message: (p: { name: string }) =>
      `\`${p.name}\` is declared already; names must differ within a file, and steps within a pathway.`,
  },
  PW2003: {
    severity: 'error',
    title: 'Import not found',
    explanation: 'An import names a file, a part of the shipped library or a package that does not exist.',
    message: (p: { path: string; suggestion: string }) =>
      `The import "${p.path}" is not found${p.suggestion === '' ? '' : `; did you mean "${p.suggestion}"?`}` +
      (p.suggestion === '' ? '.' : ''),
    hint: 'Files start with `./` or `../`, the shipped library with `std/`, and packages must be installed.',
  },
  PW2004: {
    severity: 'error',
    title: 'Circular import',
    explanation: 'Files import one another in a circle, so that no order of reading them exists.',
    message: (p: { circle: string }) => `These files import one another in a circle: ${p.circle}.`,
    hint: 'Move what both need to a third file.',
  },
  PW2005: {
    severity: 'warning',
    title: 'Unused import',
    explanation: 'Nothing in the file uses anything from an import.',
    message: (p: { path: string }) => `Nothing here uses the import "${p.path}".`,
  },
  PW2006: {
    severity: 'information',
    title: 'Unused declaration',
    explanation: 'Something is declared and nothing refers to it.',
    message: (p: { kind: string; name: string }) => `The ${p.kind} \`${p.name}\` is never used.`,
  },
  PW2007: {
    severity: 'error',
    title: 'Name of the wrong kind',
    explanation: 'A name refers to a declaration of another kind than the place needs.',
    message: (p: { name: string; found: string; expected: string }) =>
      `\`${p.name}\` is ${p.found}, but ${p.expected} is needed here.`,
  },
  PW2008: {
    severity: 'error',
    title: 'Name from two imports',
    explanation: 'Two imported files declare the same name, so that a use of it could mean either.',
    message: (p: { name: string; files: string }) => `\`${p.name}\` could come from ${p.files}.`,
    hint: 'Import one of them with a prefix (`import "…" as prefix`).',
  },
  PW2009: {
    severity: 'error',
    title: 'Path outside the project',
    explanation: 'An import or a data file lies outside the project folder and its packages.',
    message: (p: { path: string }) =>
      `"${p.path}" lies outside the project; only files of the project and its packages are read.`,
  },
  PW2010: {
    severity: 'error',
    title: 'Data file not readable',
    explanation: 'A CSV file is missing, or a line or column in it is not what its use needs.',
    message: (p: { path: string; problem: string }) => `"${p.path}": ${p.problem}`,
  },
  PW2011: {
    severity: 'error',
    title: 'Declaration depends on itself',
    explanation: 'A number, organisation or scenario refers to itself through others, so that it has no value.',
    message: (p: { name: string; circle: string }) => `\`${p.name}\` depends on itself: ${p.circle}.`,
  },
  PW2012: {
    severity: 'warning',
    title: 'Personal data',
    explanation: 'A data file that is kept with the project seems to hold names or birth dates of people.',
    message: (p: { path: string; column: string }) =>
      `The column "${p.column}" of "${p.path}" looks like personal data; use pseudonymous ids.`,
  },
  PW2013: {
    severity: 'error',
    title: 'Import missing',
    explanation:
      'A name is declared in another file of the project, and the file that uses it does not import that one.',
    message: (p: { kind: string; name: string; file: string }) =>
      `The ${p.kind} \`${p.name}\` is declared in \`${p.file}\`; import that file.`,
    hint: 'Add the import at the head of the file.',
  },
  PW2014: {
    severity: 'error',
    title: 'Property given twice',
    explanation: 'A declaration or step says the same thing twice, so that it is unclear which one holds.',
    message: (p: { property: string; owner: string }) => `\`${p.property}\` is given twice for ${p.owner}; keep one.`,
  },
  PW2015: {
    severity: 'warning',
    title: 'Attribute that some patients lack',
    explanation: 'A pathway asks for an attribute that one of its cohorts does not declare.',
    message: (p: { attribute: string; cohort: string }) =>
      `Patients of ${p.cohort} pass here too and have no attribute \`${p.attribute}\`.`,
    hint: 'Declare the attribute for that cohort, or give it a pathway of its own.',
  },
  PW2016: {
    severity: 'error',
    title: 'No holidays listed',
    explanation: 'A timetable speaks of holidays, and no territory lists their dates.',
    message: () =>
      'No territory lists its holidays; give one a file of dates: `holidays from "holidays.csv" column "date"`.',
    hint: 'The file has a column of dates such as 2026-12-25.',
  },
  PW2017: {
    severity: 'error',
    title: 'Way missing',
    explanation: 'A travel is asked for the time between two places that it has no way between.',
    message: (p: { travel: string; from: string; to: string }) =>
      `\`${p.travel}\` has no way from ${p.from} to ${p.to}; add \`from ${p.from} to ${p.to}\` with its length.`,
    hint: 'Say `both ways` where the way back is as long.',
  },
  PW2018: {
    severity: 'error',
    title: 'Title given twice in a language',
    explanation:
      'A declaration or step has two titles in the same language, so that it is unclear which one readers see.',
    message: (p: { name: string; language: string }) =>
      `\`${p.name}\` has a title in the language \`${p.language}\` already; keep one.`,
  },
});
