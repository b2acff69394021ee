import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import type * as ast from '../generated/ast.js';
import type { ValidationContext } from './context.js';
import { originOf } from './places.js';

/** A table fills a day or a week, unless it begins with the study. */
export function* tableFillsItsPeriod(
  table: ast.TableArrivals | ast.Profile,
  context: ValidationContext,
): Generator<Diagnostic> {
  const { values, slot } = table;
  if (values === undefined || slot === undefined) return;
  const length =
    values.file === undefined || values.column === undefined
      ? values.values.length
      : context.lengthOf(values, values.file, values.column);
  if (length === undefined || length === 0) return;
  if (values.file === undefined && values.values.every((value) => value === 0)) {
    yield createDiagnostic('PW4006', { sentence: 'A table of arrivals needs a value above 0.' }, originOf(values));
    return;
  }
  if (table.fromStart) return;
  const allowed = slot === 'hourly' ? [24, 168] : [7];
  if (allowed.includes(length)) return;
  const needs = slot === 'hourly' ? 'hours fill a day with 24 or a week with 168' : 'days fill a week with 7';
  yield createDiagnostic('PW4016', { length, needs }, originOf(values));
}
