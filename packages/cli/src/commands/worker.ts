import { connectWorker, DEFAULT_LEASE, ProjectError } from '@pathway/compiler';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';

/** Options of `pathway worker`. */
export interface WorkerFlags {
  readonly on?: string;
  readonly cores?: number;
  /** Seconds. */
  readonly lease?: number;
  /** Seconds. */
  readonly idle?: number;
}

/**
 * `pathway worker`: runs replications for whoever asks at a broker, until Ctrl-C or the end of `--idle`. What it has
 * begun by then is given back, and done by another.
 */
export async function worker(flags: WorkerFlags, context: Context): Promise<number> {
  const { on, cores, lease = DEFAULT_LEASE, idle } = flags;
  if (on === undefined)
    throw new ProjectError('A worker needs a broker.', 'Give its address: pathway worker --on redis://host:6379');
  if (cores === 0) throw new ProjectError('A worker needs a core.', 'Give --cores 1 or more.');
  if (lease === 0) throw new ProjectError('A lease of 0 s is none.', 'Give --lease 1 or more.');
  const started = await connectWorker(on, context.io.env, {
    lease,
    ...(cores !== undefined && { cores }),
    ...(idle !== undefined && { idle }),
    tell: (text) => context.tell(text),
  });
  const release = context.io.onInterrupt(() => {
    context.tell('Giving back what is not done.');
    release();
    void started.stop();
  });
  try {
    await started.ended;
    return EXIT.ok;
  } finally {
    release();
  }
}
