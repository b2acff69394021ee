import type { Diagnostic } from '@pathway/model';
import { createDiagnostic } from '@pathway/model';
import type * as ast from '../generated/ast.js';
import type { ValidationContext } from './context.js';
import { originOfProperty } from './places.js';

/** Words in the head of a column that tell of names, birth dates or addresses of people. */
const PERSONAL =
  /(^|[^a-z])(name|surname|firstname|forename|lastname|born|birth|birthday|birthdate|dob|email|e-mail|mail|phone|telephone|mobile|address|street|nhs|ssn)([^a-z]|$)/;

/** A file of people holds no personal data: it is kept with the project and everybody who sees the project sees it. */
export function* peopleArePseudonymous(staff: ast.Staff, context: ValidationContext): Generator<Diagnostic> {
  if (staff.file === undefined) return;
  for (const column of context.columnsOf(staff, staff.file) ?? []) {
    if (!PERSONAL.test(column.trim().toLowerCase())) continue;
    yield createDiagnostic('PW2012', { path: staff.file, column: column.trim() }, originOfProperty(staff, 'file'));
  }
}
