import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';
import {
  SimulationError,
  type ExecutionHooks,
  type ReplicationJob,
  type ReplicationResult,
  type SimulationInput,
} from '@pathway/simulation';
import { ENGINE_VERSION } from '../../generated/engine-version.js';
import { ProjectError } from '../../project-error.js';
import type { ReplicationPool } from '../replication-pool.js';
import type { BrokerAddress } from './broker-address.js';
import { brokerFailure, fullBroker, passesByItself } from './broker-failure.js';
import { connectBroker, PREFIX, type Broker } from './broker.js';
import { createLedger, rangesOf, type Ledger, type Range, type Wanted } from './ledger.js';
import {
  hashInput,
  packInput,
  QUEUE,
  readTrouble,
  rowName,
  unpackRow,
  WIRE_VERSION,
  type HashedInput,
  type RangeJob,
  type Row,
  type Trouble,
} from './wire.js';
import { createWorkerWatch, type WorkerWatch } from './worker-watch.js';

/** How an executor on other machines is made. */
export interface RemoteOptions {
  readonly address: BrokerAddress;
  /** Seconds that one replication may take on a worker. */
  readonly deadline: number;
  /** A line for people: what is waited for, what went wrong and was mended. */
  readonly tell: (text: string) => void;
  /** Called when the workers at hand become more or fewer. */
  readonly onWorkers?: (workers: number, cores: number) => void;
  /** The largest packed input that is sent, in bytes. */
  readonly largestInput?: number;
}

/** How often a range is given away before its trouble is told as an error. */
const MOST_ATTEMPTS = 2;

const LOOK_EVERY = 50;
const RENEW_EVERY = 5_000;
const WATCH_EVERY = 1_000;
/** A broker that stays away longer than this is given up. */
const PATIENCE = 600_000;
const ROWS_AT_ONCE = 32;
/** Ranges that are given away at once: enough for hundreds of cores, few enough to ask after each of them. */
const MOST_AWAY = 1_000;

/**
 * Runs replications on the workers that listen at a broker. The executor alone knows what is still missing, so that
 * whatever the broker forgets or delivers twice is asked for again or counted once.
 * @throws ProjectError when the broker cannot be used
 */
export async function createRemoteExecutor(options: RemoteOptions): Promise<ReplicationPool> {
  const { address, tell } = options;
  const broker = await connectBroker(address, {
    onLost: () => tell(`Lost ${address.shown}; trying again until it is back.`),
    onBack: () => tell(`${address.shown} is back.`),
  });
  const queue = new Queue(QUEUE, {
    connection: broker.client,
    prefix: PREFIX,
    // Nobody listens to the queue's own events: what has come is told by the rows.
    streams: { events: { maxLen: 100 } },
  });
  queue.on('error', () => {
    // The same failures reject the calls that met them, which is where they are told.
  });
  const session = randomUUID();
  const hashed = new WeakMap<SimulationInput, HashedInput>();
  const watch = createWorkerWatch(broker, options);
  let runs = 0;
  return {
    async run(jobs, hooks) {
      const work = new RemoteRun(`${session}.${runs++}`, broker, queue, watch, options);
      try {
        return await work.run(jobs, hooks, (input) => {
          const known = hashed.get(input) ?? hashInput(input);
          hashed.set(input, known);
          return known;
        });
      } catch (error) {
        throw error instanceof SimulationError ? error : failureOf(error, address.shown);
      }
    },
    async close() {
      await queue.close().catch(() => undefined);
      broker.close();
    },
  };
}

/** Errors of the network and the broker become something to read; others stay what they are. */
function failureOf(error: unknown, shown: string): unknown {
  if (!(error instanceof Error) || error instanceof ProjectError) return error;
  return error.name === 'ReplyError' || passesByItself(error) ? brokerFailure(error, shown) : error;
}

/** One call of the executor: what it wants, what it has given away, what has come. */
class RemoteRun {
  private readonly inputs = new Map<string, Buffer>();
  private readonly about = new Map<string, SimulationInput>();
  /** Ranges that were given away and have not come back whole, by the id of their job. */
  private readonly away = new Map<string, Range>();
  private ledger: Ledger = createLedger([]);
  /** Ranges that were not given away yet, the next one last. */
  private later: Range[] = [];
  private reached = 0;
  private troublesKnown = 0;
  private renewed = 0;
  private watched = 0;
  private fullTold = false;
  private onRow: (row: Row) => void = () => undefined;

  constructor(
    private readonly id: string,
    private readonly broker: Broker,
    private readonly queue: Queue,
    private readonly watch: WorkerWatch,
    private readonly options: RemoteOptions,
  ) {}

  async run(
    jobs: readonly ReplicationJob[],
    { onDone, onResult, shouldStop }: ExecutionHooks,
    hash: (input: SimulationInput) => HashedInput,
  ): Promise<readonly (ReplicationResult | undefined)[]> {
    const wanted = await this.prepare(jobs, hash);
    this.ledger = createLedger(wanted);
    const places = new Map(wanted.map((each, place) => [rowName(each), place]));
    this.onRow = (row) => {
      const news = this.ledger.accept(row);
      if (news === undefined) return;
      const place = places.get(rowName(row));
      // A batch has no place of its own: first figures are those of whole replications.
      if (place !== undefined) onResult?.(place, row.result);
      for (let i = 0; i < news; i++) onDone();
    };
    const cores = await this.watch.cores();
    this.later = [...rangesOf(wanted, cores)].reverse();
    let failing: number | undefined;
    try {
      while (this.ledger.missing > 0 && !shouldStop()) {
        try {
          await this.step();
          failing = undefined;
        } catch (error) {
          if (!passesByItself(error)) throw error;
          failing ??= Date.now();
          if (Date.now() - failing > PATIENCE) throw error;
        }
        await pause(failing === undefined ? LOOK_EVERY : 5 * LOOK_EVERY);
      }
      // A stop comes between two looks: what was delivered since the last one is kept too.
      if (this.ledger.missing > 0) await this.receive().catch(() => undefined);
    } finally {
      await this.clear().catch(() => undefined);
    }
    return this.ledger.answer();
  }

  /** Packs the inputs; the answer names each job by what its input holds. */
  private async prepare(
    jobs: readonly ReplicationJob[],
    hash: (input: SimulationInput) => HashedInput,
  ): Promise<readonly Wanted[]> {
    const names = new Map<SimulationInput, string>();
    for (const { input } of jobs) {
      if (names.has(input)) continue;
      const hashed = hash(input);
      names.set(input, hashed.hash);
      if (this.inputs.has(hashed.hash)) continue;
      this.inputs.set(hashed.hash, await packInput(hashed, this.options.largestInput));
      this.about.set(hashed.hash, input);
    }
    return jobs.map(({ input, replication }) => ({ input: names.get(input) ?? '', replication }));
  }

  /** Looks once at everything: is the broker the one we knew, what has come, what went wrong, who is there. */
  private async step(): Promise<void> {
    if (this.reached !== this.broker.times) await this.giveAway();
    await this.receive();
    await this.hearTroubles();
    await this.fillUp();
    const now = Date.now();
    if (now - this.watched > WATCH_EVERY) {
      this.watched = now;
      await this.watch.look();
      await this.tellIfFull();
    }
    if (now - this.renewed > RENEW_EVERY) await this.renew(now);
  }

  /**
   * Tells the broker everything: at the beginning, and after it was away, since it may have forgotten. Jobs that it
   * still knows have the same ids and are not taken in again.
   */
  private async giveAway(): Promise<void> {
    const times = this.broker.times;
    await this.broker.openRun(this.id, this.inputs);
    await this.add([...this.away.entries()]);
    this.renewed = Date.now();
    this.reached = times;
  }

  /** Gives further ranges away when a good part of the earlier ones is done. */
  private async fillUp(): Promise<void> {
    if (this.away.size > MOST_AWAY / 2) return;
    const next = this.later.splice(Math.max(0, this.later.length - (MOST_AWAY - this.away.size))).reverse();
    const entries = next.map((range) => [this.jobId(range), range] as const);
    for (const [id, range] of entries) this.away.set(id, range);
    await this.add(entries);
  }

  private async add(entries: readonly (readonly [string, Range])[]): Promise<void> {
    if (entries.length === 0) return;
    await this.queue.addBulk(
      entries.map(([jobId, range]) => ({
        name: 'replications',
        data: this.jobOf(range),
        opts: { jobId, attempts: 1, removeOnComplete: true, removeOnFail: { age: 3600 }, stackTraceLimit: 0 },
      })),
    );
  }

  private jobOf(range: Range): RangeJob {
    const input = this.about.get(range.input);
    return {
      wire: WIRE_VERSION,
      engine: ENGINE_VERSION,
      run: this.id,
      input: range.input,
      scenario: input?.scenario ?? '',
      seed: input?.seed ?? 0,
      first: range.first,
      last: range.last,
      deadline: this.options.deadline,
      attempt: range.attempt,
      avoid: [...range.avoid],
    };
  }

  private jobId({ input, first, last, attempt }: Range): string {
    return `${this.id}_${input}_${first}_${last}_${attempt}`;
  }

  private async receive(): Promise<void> {
    const names = await this.broker.rowNames(this.id);
    for (let from = 0; from < names.length; from += ROWS_AT_ONCE) {
      const some = names.slice(from, from + ROWS_AT_ONCE);
      const rows = await this.broker.rows(this.id, some);
      const taken: string[] = [];
      for (const [i, name] of some.entries()) {
        const bytes = rows[i];
        if (bytes !== null && bytes !== undefined && (await this.accept(name, bytes))) taken.push(name);
      }
      // Only what is in hand is taken away: whatever happens in between, no row is lost.
      await this.broker.dropRows(this.id, taken);
    }
    if (names.length > 0)
      for (const [id, range] of this.away) if (this.ledger.restOf(range).length === 0) this.away.delete(id);
  }

  /** Takes a row in; one that cannot be read is forgotten, and made again. */
  private async accept(name: string, bytes: Buffer): Promise<boolean> {
    try {
      this.onRow(await unpackRow(bytes));
      return true;
    } catch (error) {
      await this.broker.forgetRow(this.id, name);
      const found = [...this.away].find(([, { input, first, last }]) => {
        const [hash, number] = name.split(':');
        return hash === input && first <= Number(number) && Number(number) <= last;
      });
      const reason = error instanceof Error ? error.message : String(error);
      if (found !== undefined) await this.tryAgain(found[0], `A row arrived that cannot be used: ${reason}`, undefined);
      return false;
    }
  }

  private async hearTroubles(): Promise<void> {
    const texts = await this.broker.troubles(this.id, this.troublesKnown);
    this.troublesKnown += texts.length;
    for (const text of texts) {
      const trouble = readTrouble(text);
      if (trouble === undefined || !this.away.has(trouble.job)) continue;
      if (trouble.kind === 'model') throw new SimulationError(trouble.message);
      await this.tryAgain(trouble.job, this.storyOf(trouble), trouble.worker);
    }
  }

  private storyOf({ job, kind, replication, worker, message }: Trouble): string {
    const range = this.away.get(job);
    const title = range && this.about.get(range.input)?.title;
    const which = `Replication ${replication + 1}${title === undefined ? '' : ` of “${title}”`}`;
    switch (kind) {
      case 'deadline':
        return `${which} did not end within ${this.options.deadline} s on ${worker}.`;
      case 'memory':
        return `${which} needs more memory than ${worker} has.`;
      default:
        return `${which} failed on ${worker}: ${message}`;
    }
  }

  /** Gives what is left of a range to another worker, or gives up when that was tried. */
  private async tryAgain(job: string, story: string, worker: string | undefined): Promise<void> {
    const range = this.away.get(job);
    if (range === undefined) return;
    const attempt = range.attempt + 1;
    if (attempt >= MOST_ATTEMPTS)
      throw new ProjectError(
        `${story} It was tried ${attempt} times.`,
        'Run the study on this machine to see why; give more time with --deadline where it only takes long.',
      );
    this.options.tell(`${story} It is tried again${worker === undefined ? '' : ' elsewhere'}.`);
    this.away.delete(job);
    const avoid = worker === undefined ? range.avoid : [...range.avoid, worker];
    const rest = this.ledger.restOf({ ...range, attempt, avoid }).map((each) => [this.jobId(each), each] as const);
    for (const [id, each] of rest) this.away.set(id, each);
    await this.add(rest);
  }

  /** Shows that we are alive, and looks for jobs that the broker has lost or given up. */
  private async renew(now: number): Promise<void> {
    this.renewed = now;
    if (!(await this.broker.renewRun(this.id, this.inputs.keys()))) {
      await this.giveAway();
      return;
    }
    const ids = [...this.away.keys()];
    const states = await Promise.all(ids.map((id) => this.queue.getJobState(id)));
    // A job stores its rows before it ends: those of an ended one are there now, or will never be.
    await this.receive();
    await this.hearTroubles();
    for (const [i, id] of ids.entries()) {
      const state = states[i];
      const range = this.away.get(id);
      if (range === undefined) continue;
      if (state === 'failed') await this.tryAgain(id, await this.fateOf(id, range), undefined);
      else if (state === 'unknown' || state === 'completed') await this.add([[id, range]]);
    }
  }

  private async fateOf(id: string, { input, first, last }: Range): Promise<string> {
    const job = await this.queue.getJob(id);
    await job?.remove();
    const which = first === last ? `Replication ${first + 1}` : `Replications ${first + 1} to ${last + 1}`;
    const title = this.about.get(input)?.title ?? '';
    const stalled = (job?.failedReason ?? '').includes('stalled');
    return stalled
      ? `${which} of “${title}” brought several workers down, perhaps for want of memory.`
      : `${which} of “${title}” failed: ${job?.failedReason ?? 'nothing is known of the reason'}.`;
  }

  /** A full broker takes no rows from workers, and is only seen by looking at it from here. */
  private async tellIfFull(): Promise<void> {
    const full = await this.broker.isFull();
    if (full && !this.fullTold) this.options.tell(`${fullBroker(this.options.address.shown)} Waiting for room.`);
    this.fullTold = full;
  }

  /** Takes everything of this run from the broker; workers that are at it stop when they see that. */
  private async clear(): Promise<void> {
    await this.broker.closeRun(this.id, this.inputs.keys());
    await Promise.all([...this.away.keys()].map((id) => this.queue.remove(id)));
  }
}
