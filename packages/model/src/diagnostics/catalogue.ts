import { compareOrigins, type Origin } from '../origin.js';
import type { Severity } from './define.js';
import { syntaxDiagnostics } from './pw1-syntax.js';
import { nameDiagnostics } from './pw2-names.js';
import { flowDiagnostics } from './pw3-flow.js';
import { quantityDiagnostics } from './pw4-quantities.js';
import { capacityDiagnostics } from './pw5-capacity.js';
import { crisisDiagnostics } from './pw6-crisis.js';
import { productDiagnostics } from './pw7-products.js';
import { regionDiagnostics } from './pw8-regions.js';
import { styleDiagnostics } from './pw9-style.js';

/** Every diagnostic of Pathway by its code. A code is never used again for something else. */
export const diagnosticCatalogue = Object.freeze({
  ...syntaxDiagnostics,
  ...nameDiagnostics,
  ...flowDiagnostics,
  ...quantityDiagnostics,
  ...capacityDiagnostics,
  ...crisisDiagnostics,
  ...productDiagnostics,
  ...regionDiagnostics,
  ...styleDiagnostics,
});

type Catalogue = typeof diagnosticCatalogue;
export type DiagnosticCode = keyof Catalogue;

/** What the message of a code needs to know. */
export type DiagnosticParametersOf<C extends DiagnosticCode> = Parameters<Catalogue[C]['message']>[0];

/** A change of text that puts a diagnostic right. Ranges refer to the text as it is. */
export interface DiagnosticFix {
  readonly title: string;
  readonly edits: readonly { readonly origin: Origin; readonly newText: string }[];
}

/** Something to say about a place in the sources. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Origin;
  readonly related: readonly { readonly message: string; readonly origin: Origin }[];
  readonly fixes?: readonly DiagnosticFix[];
}

/** What createDiagnostic takes beyond the message and its place. */
export interface DiagnosticExtras {
  readonly related?: Diagnostic['related'];
  readonly fixes?: readonly DiagnosticFix[];
  /** Where a project's configuration says otherwise than the catalogue. */
  readonly severity?: Severity;
}

/** A diagnostic of a code at a place, with the catalogue's message and severity. */
export function createDiagnostic<C extends DiagnosticCode>(
  code: C,
  params: DiagnosticParametersOf<C>,
  range: Origin,
  extras: DiagnosticExtras = {},
): Diagnostic {
  const { fixes } = extras;
  return {
    code,
    severity: extras.severity ?? diagnosticCatalogue[code].severity,
    message: diagnosticMessage(code, params),
    range,
    related: extras.related ?? [],
    ...(fixes !== undefined && fixes.length > 0 && { fixes }),
  };
}

/** The sentence that a code's diagnostic says with these parameters. */
export function diagnosticMessage<C extends DiagnosticCode>(code: C, params: DiagnosticParametersOf<C>): string {
  // The compiler cannot tell that the message of a generic code takes that code's own parameters.
  const message = diagnosticCatalogue[code].message as (params: DiagnosticParametersOf<C>) => string;
  return message(params);
}

export function isDiagnosticCode(text: string): text is DiagnosticCode {
  return Object.hasOwn(diagnosticCatalogue, text);
}

/** All codes in ascending order. */
export const DIAGNOSTIC_CODES: readonly DiagnosticCode[] = Object.freeze(
  Object.keys(diagnosticCatalogue).filter(isDiagnosticCode).sort(),
);

const BANDS: Readonly<Record<string, string>> = {
  PW1: 'syntax',
  PW2: 'names',
  PW3: 'flow',
  PW4: 'quantities',
  PW5: 'capacity and staff',
  PW6: 'crisis and responses',
  PW7: 'products',
  PW8: 'regions',
  PW9: 'style',
};

/** What the catalogue says about a code, for `pathway explain` and for pages. */
export interface DiagnosticExplanation {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly band: string;
  readonly title: string;
  /** One sentence in plain words. */
  readonly sentence: string;
  readonly hint?: string;
}

/** The catalogue's words about a code. */
export function explainDiagnostic(code: DiagnosticCode): DiagnosticExplanation {
  const entry = diagnosticCatalogue[code];
  return {
    code,
    severity: entry.severity,
    band: BANDS[code.slice(0, 3)] ?? '',
    title: diagnosticTitle(code),
    sentence: entry.explanation,
    ...('hint' in entry && { hint: entry.hint }),
  };
}

/** What a code is called in lists. */
export function diagnosticTitle(code: DiagnosticCode): string {
  return diagnosticCatalogue[code].title;
}

/** Orders diagnostics by place, then by code, then by message. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return compareOrigins(a.range, b.range) || compareText(a.code, b.code) || compareText(a.message, b.message);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
