import { LogError } from '../log-error.js';
import { float64Column, uint16Column } from './growing-columns.js';
import { LOG_LIMITS } from './limits.js';

const MISSING = 0;

/** What is known of one attribute of the cases. */
export interface AttributeValues {
  readonly name: string;
  /** Cases in which a second, different value came later; the first one counts. */
  readonly changing: number;
  /** Cases with a value. */
  readonly known: number;
  /** The values as numbers, NaN where a case has none; undefined where any value is none. */
  readonly numbers: ((caseNumber: number) => number) | undefined;
  /** Different values with the cases that have them, in the order in which they came; undefined beyond the limit. */
  readonly categories: readonly { readonly value: string; readonly cases: number }[] | undefined;
}

/** One attribute while a log is read: the first value that each case has. */
class AttributeColumn {
  private readonly codes = uint16Column();
  private readonly codeOf = new Map<string, number>();
  private readonly casesOf: number[] = [0];
  private numbers: ReturnType<typeof float64Column> | undefined = float64Column(Number.NaN);
  private overflow = false;
  private changing = 0;
  private known = 0;
  private readonly changed = uint16Column();

  constructor(readonly name: string) {}

  add(caseNumber: number, text: string): void {
    const code = this.code(text);
    const number = this.numbers === undefined ? Number.NaN : numberOf(text);
    const earlier = this.codes.get(caseNumber);
    if (earlier !== MISSING) {
      const same = this.overflow ? this.numbers?.get(caseNumber) === number : earlier === code;
      if (!same && this.changed.get(caseNumber) === 0) {
        this.changed.set(caseNumber, 1);
        this.changing += 1;
      }
      return;
    }
    this.codes.set(caseNumber, code);
    this.casesOf[code] = (this.casesOf[code] ?? 0) + 1;
    this.known += 1;
    if (Number.isNaN(number)) this.numbers = undefined;
    this.numbers?.set(caseNumber, number);
  }

  finish(): AttributeValues {
    const { numbers } = this;
    const categories = [...this.codeOf].map(([value, code]) => ({ value, cases: this.casesOf[code] ?? 0 }));
    return {
      name: this.name,
      changing: this.changing,
      known: this.known,
      numbers: numbers && ((caseNumber) => numbers.get(caseNumber)),
      categories: this.overflow ? undefined : categories.filter(({ cases }) => cases > 0),
    };
  }

  /** 1 and up; all values beyond the limit share the last one. */
  private code(text: string): number {
    const found = this.codeOf.get(text);
    if (found !== undefined) return found;
    if (this.codeOf.size >= LOG_LIMITS.categories) {
      this.overflow = true;
      return LOG_LIMITS.categories + 1;
    }
    const code = this.codeOf.size + 1;
    this.codeOf.set(ownCopy(text), code);
    return code;
  }
}

/** The attributes of the cases of a log, column by column. */
export class CaseAttributes {
  private readonly columns = new Map<string, AttributeColumn>();
  private cells = 0;

  /** Takes a value of an attribute; only the first of a case counts. Empty values are none. */
  add(caseNumber: number, name: string, text: string): void {
    if (text === '') return;
    let column = this.columns.get(name);
    if (column === undefined) {
      if (this.columns.size >= LOG_LIMITS.columns)
        throw new LogError(
          `The log has more than ${LOG_LIMITS.columns} attributes.`,
          'Name the ones to read with --attributes.',
        );
      column = new AttributeColumn(ownCopy(name));
      this.columns.set(column.name, column);
    }
    column.add(caseNumber, text);
    if (++this.cells > LOG_LIMITS.attributeCells * 25)
      throw new LogError('The log has too many attributes for its size.', 'Name the ones to read with --attributes.');
  }

  /** Refuses more attributes than memory is meant for. */
  checkSize(cases: number): void {
    if (this.columns.size * cases > LOG_LIMITS.attributeCells)
      throw new LogError(
        `The log has ${this.columns.size} attributes for ${cases} cases, more than are kept at once.`,
        'Name the ones to read with --attributes, or read none with --attributes none.',
      );
  }

  finish(): AttributeValues[] {
    return [...this.columns.values()].map((column) => column.finish());
  }
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

function numberOf(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

/** A copy that does not keep alive the chunk of the log that it was cut out of. */
export function ownCopy(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
