import { ProjectError } from '@pathway/compiler';
import { ModelError } from '@pathway/model';
import { SimulationError } from '@pathway/simulation';
import type { Context } from './context.js';
import { EXIT } from './exit-code.js';
import { printable } from '../print/printable.js';

/**
 * Tells why a command could not do its work, and what to do next. An error nobody foresaw is said to be ours, with its
 * stack only where PATHWAY_DEBUG asks for it.
 * @returns the exit code
 */
export function tellFailure(error: unknown, context: Context): number {
  const { errColours: colours } = context;
  const say = (message: string, advice?: string): void => {
    context.warn(`${colours.red(colours.bold('error:'))} ${printable(message)}`);
    if (advice !== undefined) context.warn(`  ${printable(advice)}`);
  };
  if (error instanceof ProjectError) say(error.message, error.advice);
  else if (error instanceof ModelError) say(error.describe());
  else if (error instanceof SimulationError) say(error.message);
  else {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    say(
      `Pathway met an error of its own: ${reason.split('\n')[0] ?? reason}`,
      'Your files are as they were. Please report it with the command and, if you can, the files; PATHWAY_DEBUG=1 shows where it happened.',
    );
    if (isSet(context.io.env.PATHWAY_DEBUG) && error instanceof Error) context.warn(error.stack ?? '');
  }
  return EXIT.cannot;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0';
}
