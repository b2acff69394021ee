import { KeyError, namesFromKey, type PersonNames } from '@pathway/staffing';
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { basename, dirname, resolve } from 'node:path';
import { ProjectError } from '../project-error.js';
import { git } from './git.js';
import { readTextFile } from './text-files.js';

/**
 * Reads the key from pseudonyms to names: a CSV file with the columns `id` and `name`. Only the names of `people` leave it.
 * @param file as the user wrote it, seen from `cwd`
 * @throws ProjectError where it cannot be read, or is no key
 */
export async function readKey(file: string, cwd: string, people: readonly string[]): Promise<PersonNames> {
  const text = await readTextFile(resolve(cwd, file), file);
  if (text === undefined)
    throw new ProjectError(`There is no file ${file}.`, 'Name the key from here: --key names.csv');
  try {
    const rows = parse<Record<string, string>>(text, { columns: true, skip_empty_lines: true, trim: true });
    return namesFromKey(rows, file, people);
  } catch (error) {
    if (error instanceof KeyError) throw new ProjectError(error.message, error.advice);
    if (error instanceof CsvError) throw new ProjectError(`${file} is no CSV table: ${error.message}.`);
    throw error;
  }
}

/** Whether git keeps a file, so that everyone with the repository has it; false where there is no git. */
export async function isKeptByGit(file: string, cwd: string): Promise<boolean> {
  const path = resolve(cwd, file);
  try {
    const { code } = await git(dirname(path), ['ls-files', '--error-unmatch', '--', basename(path)]);
    return code === 0;
  } catch (error) {
    if (error instanceof ProjectError) return false;
    throw error;
  }
}
