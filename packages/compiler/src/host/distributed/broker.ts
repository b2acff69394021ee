import { Redis } from 'ioredis';
import { ProjectError } from '../../project-error.js';
import type { BrokerAddress } from './broker-address.js';
import { brokerFailure } from './broker-failure.js';
import { readPresence, rowName, type Presence, type RowSubject, type Trouble } from './wire.js';

/** What all our keys begin with. */
export const PREFIX = 'pathway';

/** Seconds that a run's keys outlive the last sign of life of whoever started it. */
const RUN_LIVES = 120;

/** Seconds that a worker counts as there after its last sign of life. */
const WORKER_LIVES = 15;

const OLDEST_REDIS = [6, 2] as const;
const CONNECT_TIMEOUT = 10_000;
const COMMAND_TIMEOUT = 20_000;
const LONGEST_RETRY = 2_000;

/** A row is taken once: a second delivery changes nothing. A run that is gone takes none. */
const STORE_ROW = `
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
if redis.call('SADD', KEYS[2], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
redis.call('EXPIRE', KEYS[2], ARGV[3])
redis.call('EXPIRE', KEYS[3], ARGV[3])
return 1`;

const TELL_TROUBLE = `
if redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
redis.call('RPUSH', KEYS[2], ARGV[1])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return 1`;

/** Presence by the broker's own clock, since those of the machines may differ. */
const SIGN_OF_LIFE = `
local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if ARGV[1] ~= '' then redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1]) end
return redis.call('ZRANGE', KEYS[1], 0, -1)`;

const keys = {
  workers: `${PREFIX}:workers`,
  alive: (run: string) => `${PREFIX}:run:${run}`,
  done: (run: string) => `${PREFIX}:run:${run}:done`,
  rows: (run: string) => `${PREFIX}:run:${run}:rows`,
  troubles: (run: string) => `${PREFIX}:run:${run}:troubles`,
  input: (run: string, hash: string) => `${PREFIX}:run:${run}:input:${hash}`,
};

/** A broker with what the two sides say to each other through it. All calls fail at once while it is away. */
export interface Broker {
  readonly address: BrokerAddress;
  readonly client: Redis;
  /** How often it was reached: grows when it comes back, perhaps without its memory. */
  readonly times: number;
  /** Announces a run, or renews it, with the inputs that it needs. */
  openRun(run: string, inputs: ReadonlyMap<string, Buffer>): Promise<void>;
  /** Shows that whoever started the run is alive; false when the broker does not know it any more. */
  renewRun(run: string, inputs: Iterable<string>): Promise<boolean>;
  runIsOpen(run: string): Promise<boolean>;
  closeRun(run: string, inputs: Iterable<string>): Promise<void>;
  input(run: string, hash: string): Promise<Buffer | undefined>;
  isDone(run: string, subject: RowSubject): Promise<boolean>;
  /** Stores a row: `gone` when nobody waits for it any more, `again` when it was there already. */
  storeRow(run: string, subject: RowSubject, row: Buffer): Promise<'stored' | 'again' | 'gone'>;
  rowNames(run: string): Promise<readonly string[]>;
  rows(run: string, names: readonly string[]): Promise<readonly (Buffer | null)[]>;
  /** Takes rows away that were received. */
  dropRows(run: string, names: readonly string[]): Promise<void>;
  /** Forgets that a row was ever there, so that it is made again. */
  forgetRow(run: string, name: string): Promise<void>;
  tellTrouble(run: string, trouble: Trouble): Promise<void>;
  /** Troubles told after the first `known`. */
  troubles(run: string, known: number): Promise<readonly string[]>;
  /** The workers that are there, of whatever version; with a presence, that one is there from now on. */
  workers(own?: Presence): Promise<readonly Presence[]>;
  leave(own: Presence): Promise<void>;
  /** Whether its memory is full, so that it takes nothing in. */
  isFull(): Promise<boolean>;
  close(): void;
}

/** What is told about the connection while it lasts. */
export interface ConnectionEvents {
  readonly onLost: () => void;
  readonly onBack: () => void;
}

/** How to reach a broker. */
interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly db: number;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: object;
  readonly connectTimeout: number;
  readonly keepAlive: number;
  /** Milliseconds until the next attempt. */
  readonly retryStrategy: (times: number) => number;
}

/** How to reach a broker; also for the queue's own connections. */
export function connectionOptions(address: BrokerAddress): ConnectionOptions {
  const { host, port, database, tls, username, password } = address;
  return {
    host,
    port,
    db: database,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
    connectTimeout: CONNECT_TIMEOUT,
    keepAlive: 10_000,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 10), LONGEST_RETRY),
  };
}

/**
 * Connects to a broker, which must answer the first time; later it may go and come back.
 * @throws ProjectError that tells why it cannot be used
 */
export async function connectBroker(address: BrokerAddress, events: ConnectionEvents): Promise<Broker> {
  await probe(address);
  const client = new Redis({
    ...connectionOptions(address),
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT,
    lazyConnect: true,
  });
  let times = 0;
  let lost = false;
  client.on('error', () => {
    // Each failed attempt to connect is one; 'close' and 'ready' tell what matters of them.
  });
  client.on('ready', () => {
    times += 1;
    if (lost) events.onBack();
    lost = false;
  });
  client.on('close', () => {
    if (!lost && times > 0) events.onLost();
    lost = true;
  });
  try {
    await client.connect();
  } catch (error) {
    client.disconnect();
    throw brokerFailure(error, address.shown);
  }
  return {
    address,
    client,
    get times() {
      return times;
    },
    ...runCalls(client),
    ...rowCalls(client),
    async workers(own) {
      const member = own === undefined ? '' : JSON.stringify(own);
      const found = await client.eval(SIGN_OF_LIFE, 1, keys.workers, member, WORKER_LIVES);
      return Array.isArray(found) ? found.flatMap((text) => readPresence(String(text)) ?? []) : [];
    },
    async leave(own) {
      await client.zrem(keys.workers, JSON.stringify(own));
    },
    async isFull() {
      const info = await client.info('memory');
      const most = Number(said(info, 'maxmemory'));
      return most > 0 && Number(said(info, 'used_memory')) >= most;
    },
    close: () => {
      lost = true;
      client.disconnect();
    },
  };
}

function runCalls(client: Redis) {
  return {
    async openRun(run: string, inputs: ReadonlyMap<string, Buffer>): Promise<void> {
      for (const [hash, bytes] of inputs) await client.set(keys.input(run, hash), bytes, 'EX', RUN_LIVES);
      await client.set(keys.alive(run), '1', 'EX', RUN_LIVES);
    },
    async renewRun(run: string, inputs: Iterable<string>): Promise<boolean> {
      const own = [keys.alive(run), ...Array.from(inputs, (hash) => keys.input(run, hash))];
      const growing = [keys.done(run), keys.rows(run), keys.troubles(run)];
      const answers = await Promise.all([...own, ...growing].map((key) => client.expire(key, RUN_LIVES)));
      return answers.slice(0, own.length).every((answer) => answer === 1);
    },
    async runIsOpen(run: string): Promise<boolean> {
      return (await client.exists(keys.alive(run))) === 1;
    },
    async closeRun(run: string, inputs: Iterable<string>): Promise<void> {
      const hashes = Array.from(inputs, (hash) => keys.input(run, hash));
      await client.del(keys.alive(run), keys.done(run), keys.rows(run), keys.troubles(run), ...hashes);
    },
    async input(run: string, hash: string): Promise<Buffer | undefined> {
      return (await client.getBuffer(keys.input(run, hash))) ?? undefined;
    },
    async tellTrouble(run: string, trouble: Trouble): Promise<void> {
      await client.eval(TELL_TROUBLE, 2, keys.alive(run), keys.troubles(run), JSON.stringify(trouble), RUN_LIVES);
    },
    troubles(run: string, known: number): Promise<readonly string[]> {
      return client.lrange(keys.troubles(run), known, -1);
    },
  };
}

function rowCalls(client: Redis) {
  return {
    async isDone(run: string, subject: RowSubject): Promise<boolean> {
      return (await client.sismember(keys.done(run), rowName(subject))) === 1;
    },
    async storeRow(run: string, subject: RowSubject, row: Buffer): Promise<'stored' | 'again' | 'gone'> {
      const name = rowName(subject);
      const places = [keys.alive(run), keys.done(run), keys.rows(run)];
      const answer = await client.eval(STORE_ROW, places.length, ...places, name, row, RUN_LIVES);
      return answer === 1 ? 'stored' : answer === 0 ? 'again' : 'gone';
    },
    rowNames(run: string): Promise<readonly string[]> {
      return client.hkeys(keys.rows(run));
    },
    rows(run: string, names: readonly string[]): Promise<readonly (Buffer | null)[]> {
      return client.hmgetBuffer(keys.rows(run), ...names);
    },
    async dropRows(run: string, names: readonly string[]): Promise<void> {
      if (names.length > 0) await client.hdel(keys.rows(run), ...names);
    },
    async forgetRow(run: string, name: string): Promise<void> {
      await client.hdel(keys.rows(run), name);
      await client.srem(keys.done(run), name);
    },
  };
}

/** Connects once without trying again, so that a wrong address, password or certificate is told at once. */
async function probe(address: BrokerAddress): Promise<void> {
  const client = new Redis({
    ...connectionOptions(address),
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    commandTimeout: CONNECT_TIMEOUT,
  });
  let reason: unknown;
  client.on('error', (error: unknown) => (reason ??= error));
  try {
    await client.connect();
    requireUsable(await client.info(), address.shown);
    // A database that is not there does not stop the connection.
    if (reason !== undefined) throw brokerFailure(reason, address.shown);
  } catch (error) {
    // What the socket said is nearer to the reason than that the connection is closed.
    throw brokerFailure(error instanceof ProjectError ? error : (reason ?? error), address.shown);
  } finally {
    client.disconnect();
  }
}

function requireUsable(info: string, shown: string): void {
  const version = said(info, 'redis_version');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < OLDEST_REDIS[0] || (major === OLDEST_REDIS[0] && minor < OLDEST_REDIS[1]))
    throw new ProjectError(
      `${shown} is Redis ${version}, which is too old.`,
      `Use Redis ${OLDEST_REDIS.join('.')} or newer, or Valkey.`,
    );
  const policy = said(info, 'maxmemory_policy');
  if (said(info, 'maxmemory') !== '0' && policy !== '' && policy !== 'noeviction')
    throw new ProjectError(
      `${shown} throws away what it was given when its memory is full (maxmemory-policy ${policy}).`,
      'Set it to `maxmemory-policy noeviction`, or use another broker.',
    );
}

/** What INFO says under a name; nothing where it says nothing. */
function said(info: string, name: string): string {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
}
