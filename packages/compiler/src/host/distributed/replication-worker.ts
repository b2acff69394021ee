import { randomUUID } from 'node:crypto';
import { availableParallelism, hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { DelayedError, Worker, WaitingError, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import type { SimulationInput } from '@pathway/simulation';
import { ENGINE_VERSION } from '../../generated/engine-version.js';
import type { BrokerAddress } from './broker-address.js';
import { brokerFailure, passesByItself } from './broker-failure.js';
import { connectBroker, connectionOptions, PREFIX, type Broker } from './broker.js';
import { createSeat, type Seat, type SeatAnswer } from './seat.js';
import { packRow, QUEUE, readJob, unpackInput, type Presence, type RangeJob, type Row, type Trouble } from './wire.js';

/** How a worker is started. */
export interface WorkerOptions {
  readonly address: BrokerAddress;
  /** Replications at once; one for each core when absent. */
  readonly cores?: number;
  /** Seconds without a sign of life after which the work of a worker is given to another. */
  readonly lease: number;
  /** Seconds without work after which it ends by itself; never when absent. */
  readonly idle?: number;
  /** A line for people. */
  readonly tell: (text: string) => void;
}

/** A worker that waits for replications and runs them. */
export interface ReplicationWorker {
  /** Resolves when it has ended; rejects when it cannot go on. */
  readonly ended: Promise<void>;
  /** Gives back what it has begun, and ends. */
  stop(): Promise<void>;
}

const SIGN_EVERY = 5_000;
const LOOK_EVERY = 1_000;
const TRY_AGAIN_EVERY = 500;
const LET_OTHERS_FIRST = 500;
const INPUTS_KEPT = 8;
/** Workers that may lose their lease on one job before it is given up: it may be what brings them down. */
const MOST_STALLS = 2;

/**
 * Starts a worker at a broker.
 * @throws ProjectError when the broker cannot be used
 */
export async function startReplicationWorker(options: WorkerOptions): Promise<ReplicationWorker> {
  const { address, tell } = options;
  const broker = await connectBroker(address, {
    onLost: () => tell(`Lost ${address.shown}; trying again until it is back.`),
    onBack: () => tell(`${address.shown} is back.`),
  });
  const cores = Math.max(1, options.cores ?? availableParallelism());
  const presence: Presence = {
    id: `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`,
    engine: ENGINE_VERSION,
    cores,
  };
  const desk = new Desk(broker, presence, cores, tell);
  const lease = Math.ceil(options.lease * 1000);
  const connection = new Redis({ ...connectionOptions(address), maxRetriesPerRequest: null });
  const worker = new Worker(QUEUE, (job, token) => desk.serve(job, token), {
    connection,
    prefix: PREFIX,
    concurrency: cores,
    lockDuration: lease,
    lockRenewTime: Math.ceil(lease / 3),
    stalledInterval: Math.ceil(lease / 3),
    maxStalledCount: MOST_STALLS,
    runRetryDelay: 1_000,
    drainDelay: 2,
    removeOnComplete: { count: 0 },
    removeOnFail: { age: 3600, count: 1000 },
  });
  let fail: (error: unknown) => void = () => undefined;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    end = resolve;
    fail = reject;
  });
  // Whoever started the worker may not wait for its end at once.
  ended.catch(() => undefined);
  const stop = once(async () => {
    clearInterval(signs);
    clearInterval(looks);
    desk.close();
    await worker.pause(true);
    await desk.finished();
    await broker.leave(presence).catch(() => undefined);
    await worker.close(broker.client.status !== 'ready').catch(() => undefined);
    connection.disconnect();
    broker.close();
    end();
  });
  const breakOff = (error: unknown): void => {
    fail(brokerFailure(error, address.shown));
    void stop();
  };
  const told = new Set<string>();
  worker.on('error', (error) => {
    // A broker that is away is told of once, and a lease that lapsed means that another does the work.
    if (/lock/i.test(error.message) || (error.name !== 'ReplyError' && passesByItself(error))) return;
    // A refused password or right does not mend itself.
    if (/^(NOAUTH|NOPERM|WRONGPASS)/.test(error.message)) breakOff(error);
    const { message } = brokerFailure(error, address.shown);
    if (!told.has(message)) tell(message);
    told.add(message);
  });
  connection.on('error', () => {
    // Told once by the broker's own connection.
  });
  const sign = (): void => void broker.workers(presence).catch(() => undefined);
  const signs = setInterval(sign, SIGN_EVERY);
  const looks = setInterval(() => {
    void desk.look();
    if (options.idle !== undefined && desk.idleFor() > options.idle * 1000) void stop();
  }, LOOK_EVERY);
  sign();
  tell(`Waiting at ${address.shown} with ${cores === 1 ? '1 core' : `${cores} cores`}, version ${ENGINE_VERSION}.`);
  return { ended, stop };
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= act());
}

/** Where the jobs of a worker are done: a seat for each core, and the inputs that were fetched. */
class Desk {
  private readonly seats: readonly Seat[];
  private readonly free: Seat[];
  private readonly inputs = new Map<string, Promise<SimulationInput | undefined>>();
  /** Seats at work, and the run that they work for. */
  private readonly busy = new Map<Seat, string>();
  private readonly toldRuns = new Set<string>();
  private closing = false;
  private idleSince = Date.now();
  private serving = 0;

  constructor(
    private readonly broker: Broker,
    private readonly presence: Presence,
    cores: number,
    private readonly tell: (text: string) => void,
  ) {
    this.seats = Array.from({ length: cores }, () => createSeat());
    this.free = [...this.seats];
  }

  /** Milliseconds since the last job ended; 0 while there is one. */
  idleFor(): number {
    return this.serving > 0 ? 0 : Date.now() - this.idleSince;
  }

  /** Stops what is at work: it is given back. */
  close(): void {
    this.closing = true;
    for (const seat of this.seats) seat.stop('closing');
  }

  /** Resolves when no job is at work any more. */
  async finished(): Promise<void> {
    while (this.serving > 0) await pause(10);
    await Promise.all(this.seats.map((seat) => seat.end()));
  }

  /** Stops work that nobody waits for any more. */
  async look(): Promise<void> {
    for (const run of new Set(this.busy.values())) {
      const open = await this.broker.runIsOpen(run).catch(() => true);
      if (open) continue;
      for (const [seat, of] of this.busy) if (of === run) seat.stop('gone');
    }
  }

  /** Does a job. A failure of the model or the machine is told to whoever started the run, and ends the job. */
  async serve(job: Job<unknown>, token: string | undefined): Promise<void> {
    this.serving += 1;
    const seat = this.free.pop();
    try {
      if (seat === undefined) throw new Error('there are more jobs than cores');
      const work = readJob(job.data);
      if (this.closing) await giveBack(job, token);
      if (await this.othersFirst(work)) {
        await job.moveToDelayed(Date.now() + LET_OTHERS_FIRST, token);
        throw new DelayedError();
      }
      this.busy.set(seat, work.run);
      await this.doRange(seat, work, job, token);
    } finally {
      if (seat !== undefined) {
        this.busy.delete(seat);
        this.free.push(seat);
      }
      this.serving -= 1;
      this.idleSince = Date.now();
    }
  }

  private async doRange(seat: Seat, work: RangeJob, job: Job<unknown>, token: string | undefined): Promise<void> {
    const { run, first, last, deadline } = work;
    const input = await this.inputOf(work);
    if (input === undefined) return;
    this.tellRun(run, input);
    for (let replication = first; replication <= last; replication++) {
      if (this.closing) await giveBack(job, token);
      const subject = { input: work.input, replication };
      const done = await this.broker.isDone(run, subject).catch(() => false);
      if (done) continue;
      let batches = 0;
      let delivered: Promise<unknown> = Promise.resolve();
      const answer = await seat.run({ input, replication }, deadline, (result) => {
        const row = { ...subject, batch: batches++, result };
        delivered = delivered.then(() => this.store(run, row));
        // What went wrong with it is told below, when the run has ended.
        delivered.catch(() => undefined);
      });
      await delivered;
      if (answer === 'closing') await giveBack(job, token);
      else if (answer === 'gone') return;
      else if (typeof answer === 'object' && 'result' in answer) {
        if (!(await this.store(run, { ...subject, result: answer.result }))) return;
      } else {
        await this.tellTrouble(work, {
          ...troubleOf(answer),
          job: job.id ?? '',
          replication,
          worker: this.presence.id,
        });
        return;
      }
    }
  }

  /** Keeps a finished row in hand while the broker is away or full; false once nobody waits for it. */
  private async store(run: string, row: Row): Promise<boolean> {
    const packed = await packRow(row);
    while (!this.closing) {
      try {
        return (await this.broker.storeRow(run, row, packed)) !== 'gone';
      } catch (error) {
        if (!passesByItself(error)) throw error;
        await pause(TRY_AGAIN_EVERY);
      }
    }
    return false;
  }

  private async tellTrouble({ run }: RangeJob, trouble: Trouble): Promise<void> {
    this.tell(`Replication ${trouble.replication + 1}: ${trouble.message}`);
    await this.broker.tellTrouble(run, trouble);
  }

  private tellRun(run: string, input: SimulationInput): void {
    const session = run.split('.')[0] ?? run;
    if (this.toldRuns.has(session)) return;
    this.toldRuns.add(session);
    this.tell(`Working for ${input.study}.`);
  }

  /** Whether a worker that had no trouble with a job is there to take it. */
  private async othersFirst({ avoid }: RangeJob): Promise<boolean> {
    if (!avoid.includes(this.presence.id)) return false;
    const there = await this.broker.workers();
    return there.some(({ id, engine }) => engine === ENGINE_VERSION && !avoid.includes(id));
  }

  /** The input of a job, fetched once; undefined when the run is gone. */
  private async inputOf({ run, input: hash }: RangeJob): Promise<SimulationInput | undefined> {
    const known = this.inputs.get(hash);
    const found = known ?? this.fetch(run, hash);
    // Last used, last to go.
    this.inputs.delete(hash);
    this.inputs.set(hash, found);
    if (known === undefined) void found.catch(() => undefined).then((input) => input ?? this.inputs.delete(hash));
    for (const [oldest, input] of this.inputs) {
      if (this.inputs.size <= INPUTS_KEPT) break;
      this.inputs.delete(oldest);
      void input.then((gone) => gone && this.seats.forEach((seat) => seat.forget(gone))).catch(() => undefined);
    }
    return found;
  }

  private async fetch(run: string, hash: string): Promise<SimulationInput | undefined> {
    const bytes = await this.broker.input(run, hash);
    return bytes && unpackInput(bytes, hash);
  }
}

/** Puts a job back in the queue, for any other worker, and leaves it. */
async function giveBack(job: Job<unknown>, token: string | undefined): Promise<never> {
  await job.moveToWait(token);
  throw new WaitingError();
}

function troubleOf(answer: Exclude<SeatAnswer, { readonly result: unknown }>): Pick<Trouble, 'kind' | 'message'> {
  if (typeof answer === 'object') return { kind: answer.ofTheModel ? 'model' : 'other', message: answer.failure };
  return answer === 'memory'
    ? { kind: 'memory', message: 'there is not enough memory for it' }
    : { kind: 'deadline', message: 'it did not end in time' };
}
