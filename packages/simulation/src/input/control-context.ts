import {
  constantValue,
  type CrisisMoment,
  elapsedAt,
  type Expression,
  formatOrigin,
  localTimeAt,
  type Model,
  type Origin,
  type Span,
  type StudyCalendar,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import type { InputChange, InputSource, InputTeam } from './control-types.js';
import { compileExpression, type ExpressionScope } from './expressions.js';
import type { Supply } from './supply.js';
import type { InputConversion } from './types.js';
import type { InputExpression } from './expression-types.js';

const DAY = 86_400;

/** When something holds: from a time on, until another, for as long as is drawn, or to the end of the run. */
export interface Period {
  readonly at: number;
  readonly until?: number;
  readonly lasts?: InputExpression;
  /** Whether nothing but a beginning is said. */
  readonly atOnce: boolean;
}

/** What the compilers of crises and of responses have in common: the lists that they write, and what they look things up in. */
export class ControlContext {
  readonly changes: InputChange[] = [];
  readonly sources: InputSource[] = [];
  /** Conversions that responses begin and end; those of the scenario come before them. */
  readonly conversions: InputConversion[] = [];
  /** Who must be on duty for what, by the numbers that changes name. */
  readonly teams: InputTeam[] = [];
  variables = 0;

  constructor(
    readonly model: Model,
    readonly calendar: StudyCalendar,
    readonly warmUp: number,
    readonly supply: Supply,
    readonly scope: ExpressionScope,
    readonly firstConversion: number,
  ) {}

  /** Adds a change; gives its place. */
  change(change: InputChange): number {
    return this.changes.push(change) - 1;
  }

  /** The value of something that must be known before the run. @throws SimulationError saying what it is */
  constant(expression: Expression, what: string, origin: Origin): number {
    const value = constantValue(expression, this.model);
    if (value !== undefined && Number.isFinite(value)) return value;
    throw new SimulationError(
      `${what} must be a plain value here, which chance does not decide.`,
      formatOrigin(origin),
    );
  }

  expression(expression: Expression): InputExpression {
    return compileExpression(expression, this.scope);
  }

  /** Place of a cohort. */
  cohort(id: string): number {
    return this.model.cohorts.findIndex((each) => each.id === id);
  }

  /** Pools of a resource, staff group or stock. */
  poolsOf(id: string): readonly number[] {
    return (this.supply.members.get(id) ?? []).map(({ pool }) => pool);
  }

  /** Pools of the staff of a role, at an organisation or everywhere. */
  poolsOfRole(role: string, organisation: string | undefined): readonly number[] {
    return this.model.staff
      .filter((group) => group.role === role && (organisation === undefined || group.organisation === organisation))
      .flatMap((group) => this.poolsOf(group.id));
  }

  /** An organisation and all that are part of it. */
  within(organisation: string): ReadonlySet<string> {
    const found = new Set([organisation]);
    for (let size = 0; size !== found.size;) {
      size = found.size;
      for (const { id, partOf } of this.model.organisations)
        if (partOf !== undefined && found.has(partOf)) found.add(id);
    }
    return found;
  }

  /** Seconds after the start of the clock. */
  timeOf(moment: CrisisMoment, origin: Origin): number {
    if (moment.kind === 'date') return elapsedAt(`${moment.date}T${clockText(moment.at ?? 0)}`, this.calendar);
    const time = this.warmUp + this.constant(moment.day, 'The day on which something begins or ends', origin) * DAY;
    if (moment.at === undefined) return time;
    return elapsedAt(`${localTimeAt(time, this.calendar).date}T${clockText(moment.at)}`, this.calendar);
  }

  /** When an effect holds, by its own span and that of its crisis. */
  period(own: Span | undefined, outer: Span | undefined, origin: Origin): Period {
    const begin = own?.begin ?? outer?.begin;
    const at = begin === undefined ? 0 : this.timeOf(begin, origin);
    const atOnce = own?.begin !== undefined && own.lasting === undefined && own.end === undefined;
    if (own?.lasting !== undefined) return { at, ...this.#length(own.lasting, at), atOnce };
    if (own?.end !== undefined) return { at, until: this.timeOf(own.end, origin), atOnce };
    const outerAt = outer?.begin === undefined ? 0 : this.timeOf(outer.begin, origin);
    if (outer?.lasting !== undefined) return { at, ...this.#length(outer.lasting, outerAt), atOnce };
    return { at, ...(outer?.end !== undefined && { until: this.timeOf(outer.end, origin) }), atOnce };
  }

  #length(lasting: Expression, from: number): Pick<Period, 'until' | 'lasts'> {
    const value = constantValue(lasting, this.model);
    return value === undefined ? { lasts: this.expression(lasting) } : { until: from + value };
  }
}

function clockText(minutes: number): string {
  const part = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${part(minutes / 60)}:${part(minutes % 60)}`;
}
