import { ENGINE_VERSION } from '../../generated/engine-version.js';
import { ProjectError } from '../../project-error.js';
import type { Broker } from './broker.js';

/** How long a run waits before it says that nobody is there, and before it is refused for those who are, in ms. */
const TELL_AFTER = 2_000;
const REFUSE_AFTER = 8_000;

/** Keeps an eye on the workers at a broker. */
export interface WorkerWatch {
  /** Cores of all workers of this version that are there now; 1 when there is none yet. */
  cores(): Promise<number>;
  /**
   * Looks who is there, and tells what is worth telling: that nobody is, or that some are of another version.
   * @throws ProjectError when all that are there stay of another version
   */
  look(): Promise<void>;
}

/** What is told of the workers. */
export interface WatchOptions {
  readonly tell: (text: string) => void;
  readonly onWorkers?: (workers: number, cores: number) => void;
}

export function createWorkerWatch(broker: Pick<Broker, 'workers' | 'address'>, options: WatchOptions): WorkerWatch {
  const { shown } = broker.address;
  let alone: number | undefined;
  let toldAlone = false;
  let toldOthers = false;
  let seen = '';
  const count = async () => {
    const all = await broker.workers();
    const own = all.filter(({ engine }) => engine === ENGINE_VERSION);
    const cores = own.reduce((sum, each) => sum + each.cores, 0);
    const versions = [...new Set(all.flatMap(({ engine }) => (engine === ENGINE_VERSION ? [] : [engine])))].sort();
    return { own: own.length, others: all.length - own.length, cores, versions };
  };
  return {
    async cores() {
      return Math.max(1, (await count()).cores);
    },
    async look() {
      const { own, others, cores, versions } = await count();
      if (seen !== `${own} ${cores}`) options.onWorkers?.(own, cores);
      seen = `${own} ${cores}`;
      if (own > 0) {
        alone = undefined;
        toldAlone = false;
        if (others > 0 && !toldOthers) {
          toldOthers = true;
          options.tell(
            `${others} of ${own + others} workers are of another version (${versions.join(', ')}) and get no work; this is ${ENGINE_VERSION}.`,
          );
        }
        return;
      }
      const now = Date.now();
      alone ??= now;
      if (others > 0 && now - alone > REFUSE_AFTER)
        throw new ProjectError(
          `All workers at ${shown} are of another version: ${versions.join(', ')}. This is ${ENGINE_VERSION}.`,
          'Start workers of this version there, or run the study with the version that they have.',
        );
      if (toldAlone || now - alone < TELL_AFTER) return;
      toldAlone = true;
      options.tell(`No worker is at ${shown} yet. Start some there: pathway worker --on ${shown}`);
    },
  };
}
