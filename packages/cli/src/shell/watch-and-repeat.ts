import { watchProjects, type Project } from '@pathway/compiler';
import type { Context } from './context.js';
import { EXIT } from './exit-code.js';
import { tellFailure } from './failure.js';

/**
 * Does the work once, then again after each change in its projects, until the user presses Ctrl-C. A failure of the
 * first turn ends it; later ones are told, and the next change is waited for.
 * @param out an output folder that changes with the work itself, absolute
 */
export async function watchAndRepeat(
  once: () => Promise<{ exitCode: number; projects: readonly Project[] }>,
  out: string | undefined,
  context: Context,
): Promise<number> {
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  const release = context.io.onInterrupt(() => stop());
  try {
    const { projects } = await once();
    let turn = Promise.resolve();
    const watch = await watchProjects(projects, out, (changed) => {
      turn = turn.then(async () => {
        context.tell(`\nChanged: ${changed.join(', ')}`);
        try {
          await once();
        } catch (error) {
          tellFailure(error, context);
        }
      });
    });
    context.tell('Waiting for changes; Ctrl-C ends.');
    await stopped;
    await watch.close();
    await turn;
    return EXIT.ok;
  } finally {
    release();
  }
}
