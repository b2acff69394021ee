import { FileError } from '../file-error.js';

/** Namespaces of Hospital Availability Exchange, by their versions (OASIS, 2009 and 2019); capital letters differ among drafts. */
export const HAVE_NAMESPACES: Readonly<Record<string, '1.0' | '2.0'>> = {
  'urn:oasis:names:tc:emergency:edxl:have:1.0': '1.0',
  'urn:oasis:names:tc:emergency:edxl:have:2.0': '2.0',
};

/** What hospitals report of their beds and state. */
export interface HaveReport {
  readonly version: '1.0' | '2.0';
  /** Of the distribution around it: `Actual`, `Exercise`, `System` or `Test`; absent where there is none. */
  readonly status?: string;
  readonly facilities: readonly HaveFacility[];
  /** What cannot be used of it. */
  readonly problems: readonly HaveProblem[];
}

export interface HaveProblem {
  readonly line: number;
  readonly message: string;
}

export interface HaveFacility {
  readonly id?: string;
  readonly name: string;
  readonly line: number;
  /** Unix seconds of what it says; absent where it says no time, or one without a zone. */
  readonly time?: number;
  /** The time as written. */
  readonly updated?: string;
  readonly beds: readonly HaveBeds[];
  /** Everything else that it says: `EMSTrafficStatus` `Closed`. */
  readonly states: readonly { readonly name: string; readonly value: string; readonly line: number }[];
}

/** Beds of one type: at least one of the numbers is there. */
export interface HaveBeds {
  readonly type: string;
  readonly line: number;
  /** Free and staffed. */
  readonly available?: number;
  /** All that there usually are. */
  readonly baseline?: number;
}

/** Why a message cannot be read, and what to do. */
export class HaveError extends FileError {
  override readonly name = 'HaveError';
}
