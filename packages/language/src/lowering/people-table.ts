import {
  createDiagnostic,
  NUMBER,
  parseUnit,
  sameDimension,
  type HeldSkill,
  type Person,
  type PersonSkill,
} from '@pathway/model';
import * as ast from '../generated/ast.js';
import { lineOrigin, type DataRow, type DataTable } from '../workspace/data-tables.js';
import { scaled } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';

const KNOWN_COLUMNS = ['id', 'skills', 'contract', 'shifts', 'leave'];

/**
 * Named people from a CSV file. Columns: `id` (a pseudonym, needed), `skills` (`Thrombolysis until 2027-03-31; StrokeNursing expert`,
 * beside those of the role), `contract` (`37.5 h/week`), `shifts` (`Early; Night`), `leave`
 * (`2026-07-01..2026-07-14; 2026-12-24`).
 */
export function readPeople(node: ast.Staff, file: string, context: LoweringContext): readonly Person[] {
  const table = context.tables.table(node, file, context);
  if (table === undefined) return [];
  if (!table.columns.includes('id')) {
    const problem = `it has no column "id"; people need a pseudonym there. Known columns are ${KNOWN_COLUMNS.join(', ')}.`;
    context.diagnostics.push(createDiagnostic('PW2010', { path: file, problem }, context.originOf(node)));
    return [];
  }
  const roleSkills = node.role.ref?.properties.filter(ast.isHasProperty).flatMap((each) => each.skills) ?? [];
  const inherited = roleSkills.map((held): HeldSkill => {
    const level = held.level?.ref?.name;
    return { skill: context.idOf(held.skill.ref), ...(level === undefined ? {} : { level }) };
  });
  return table.rows.map((row) => new PersonRow(row, table, context).person(inherited));
}

/** Reads one line, and says what is wrong in it by line and column. */
class PersonRow {
  constructor(
    private readonly row: DataRow,
    private readonly table: DataTable,
    private readonly context: LoweringContext,
  ) {}

  person(inherited: readonly HeldSkill[]): Person {
    const id = this.cell('id');
    if (id === '') this.complain('id', 'a pseudonym', '');
    const contract = this.contract();
    const own = this.list('skills').map((text) => this.skill(text));
    const skills = [...own.filter((skill) => skill !== undefined), ...inherited];
    return {
      id,
      skills: skills.filter((held, index) => skills.findIndex((each) => each.skill === held.skill) === index),
      ...(contract === undefined ? {} : { contract }),
      shifts: this.list('shifts').flatMap((name) => this.shift(name)),
      leave: this.list('leave').flatMap((text) => this.leave(text)),
      origin: lineOrigin(this.table.path, this.row.line),
    };
  }

  private cell(column: string): string {
    return this.row.cells[column] ?? '';
  }

  private list(column: string): readonly string[] {
    const parts = this.cell(column).split(';');
    return parts.map((part) => part.trim()).filter((part) => part !== '');
  }

  private complain(column: string, expected: string, found: string): void {
    const problem = `line ${this.row.line}, column "${column}": expected ${expected}, found "${found}".`;
    const place = lineOrigin(this.table.path, this.row.line);
    this.context.diagnostics.push(createDiagnostic('PW2010', { path: this.table.path, problem }, place));
  }

  private skill(text: string): PersonSkill | undefined {
    const dated = /^(.*?)(?:\s+from\s+(\S+))?(?:\s+until\s+(\S+))?$/.exec(text);
    const [, named = '', since, until] = dated ?? [];
    if (!isDate(since) || !isDate(until) || (since !== undefined && until !== undefined && until < since)) {
      this.complain('skills', 'dates as in "Thrombolysis from 2025-04-01 until 2027-03-31"', text);
      return undefined;
    }
    const [name = '', level] = named.split(/\s+/);
    const skill = this.context.declared(ast.isSkill, name);
    const levels = skill?.properties.filter(ast.isLevelsProperty).flatMap((each) => each.levels) ?? [];
    if (skill === undefined || (level !== undefined && !levels.some((each) => each.name === level))) {
      this.complain('skills', 'a declared skill and, if it has levels, one of them', text);
      return undefined;
    }
    return {
      skill: this.context.idOf(skill),
      ...(level === undefined ? {} : { level }),
      ...(since === undefined ? {} : { since }),
      ...(until === undefined ? {} : { until }),
    };
  }

  private shift(name: string): readonly string[] {
    const shift = this.context.declared(ast.isShift, name);
    if (shift === undefined) this.complain('shifts', 'a declared shift', name);
    return shift === undefined ? [] : [this.context.idOf(shift)];
  }

  private contract(): number | undefined {
    const text = this.cell('contract');
    if (text === '') return undefined;
    const match = /^([0-9]+(?:\.[0-9]+)?) ?(\S+)$/.exec(text);
    const unit = parseUnit(match?.[2] ?? '');
    if (match !== null && unit !== undefined && sameDimension(unit.dimension, NUMBER)) {
      return scaled(Number(match[1]), unit.factor);
    }
    this.complain('contract', 'hours per week such as "37.5 h/week"', text);
    return undefined;
  }

  private leave(text: string): readonly { readonly from: string; readonly to: string }[] {
    const match = /^(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?$/.exec(text);
    const from = match?.[1];
    const to = match?.[2] ?? from;
    if (from === undefined || to === undefined || to < from) {
      this.complain('leave', 'a date or dates such as "2026-07-01..2026-07-14"', text);
      return [];
    }
    return [{ from, to }];
  }
}

/** Whether a date, where there is one, is one of the calendar. */
function isDate(text: string | undefined): boolean {
  if (text === undefined) return true;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const read = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
}
