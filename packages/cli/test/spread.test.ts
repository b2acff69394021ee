import { type ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { BROKER_PROGRAM, freePort, startBroker, type TestBroker } from './broker.js';
import { bundleCommand, outcomeOf, type BundledCommand } from './bundled.js';
import { runCli, type Outcome } from './run-cli.js';

const WARD = `organisation Hospital { sector hospital }
resource Bed { at Hospital  count 9 }
cohort Patients { arrives every exponential(1 h) }
pathway Stay for Patients {
  owner Hospital
  hold 1 Bed as Own { step Care { takes exponential(8 h) } }
}
indicator Wait { wait for Own }
scenario Nine "Nine beds" { }
scenario Ten "Ten beds" { set Bed.count = 10 }
study Beds {
  compare Nine, Ten
  from 2026-01-05 00:00
  run 500 d after 30 d warm-up
  replicate 20 times
  seed 1
}
`;

/** A replication that takes longer than any test. */
const ENDLESS = WARD.replace('exponential(1 h)', 'exponential(0.001 s)');
const UNTIL = WARD.replace('replicate 20 times', 'replicate until Wait within 1 h at most 40');

const LONG = WARD.replace('run 500 d', 'run 20000 d').replace('replicate 20 times', 'one long run in 40 batches');
/** Each batch takes a tenth of a second or so, so that a stop comes between two of them. */
const LONGER = WARD.replace('run 500 d', 'run 800000 d').replace('replicate 20 times', 'one long run in 200 batches');

let command: BundledCommand;
let cwd: string;
const started: ChildProcessWithoutNullStreams[] = [];
const brokers: TestBroker[] = [];

beforeAll(async () => {
  if (BROKER_PROGRAM !== undefined) command = await bundleCommand();
});
afterEach(async () => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  await Promise.all(brokers.splice(0).map((broker) => broker.remove()));
});
afterAll(() => {
  if (BROKER_PROGRAM === undefined) return;
  command.remove();
  rmSync(cwd, { recursive: true, force: true });
});

async function broker(settings: readonly string[] = []): Promise<TestBroker> {
  const made = await startBroker(settings);
  brokers.push(made);
  return made;
}

/** A process of the command with what it wrote so far. */
interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly outcome: Promise<Outcome>;
  said(text: string): Promise<void>;
}

function start(args: readonly string[]): Running {
  const child = command.start(args, cwd);
  started.push(child);
  let heard = '';
  child.stderr.on('data', (data: Buffer) => (heard += data.toString('utf8')));
  return {
    child,
    outcome: inTime(outcomeOf(child), () => heard),
    async said(text) {
      await until(
        () => heard.includes(text),
        () => `“${text}” is not in: ${heard}`,
      );
    },
  };
}

async function worker(at: string, ...more: readonly string[]): Promise<Running> {
  const running = start(['worker', '--on', at, '--cores', '1', '--lease', '2', ...more]);
  await running.said('Waiting at');
  return running;
}

function simulate(file: string, ...more: readonly string[]): Running {
  return start(['simulate', file, '--format', 'json', ...more]);
}

/** Waits until so many rows have come to the broker. */
async function rowsStored(at: TestBroker, wanted: number): Promise<void> {
  await until(
    async () => {
      const [done] = await at.client.keys('pathway:run:*:done').catch(() => []);
      return done !== undefined && (await at.client.scard(done)) >= wanted;
    },
    () => `${wanted} rows did not come`,
  );
}

/** An outcome that does not come is told with what was heard, instead of a test that only timed out. */
async function inTime(outcome: Promise<Outcome>, heard: () => string): Promise<Outcome> {
  const late = pause(45_000, undefined, { ref: false }).then(() => {
    throw new Error(`it does not end: ${heard()}`);
  });
  late.catch(() => undefined);
  return Promise.race([outcome, late]);
}

async function until(holds: () => boolean | Promise<boolean>, otherwise: () => string): Promise<void> {
  const end = Date.now() + 25_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(otherwise());
    await pause(20);
  }
}

describe.skipIf(BROKER_PROGRAM !== undefined)('without redis-server or valkey-server here', () => {
  test('work on several machines is not tested: install one of them, as in `apt-get install redis-server`', () => {
    expect(process.env.PATHWAY_NEEDS_BROKER ?? '', 'this run was to have a broker').toBe('');
    console.warn('Neither redis-server nor valkey-server is here: faults of work on several machines were not tested.');
  });
});

describe.skipIf(BROKER_PROGRAM === undefined)('a study on the workers at a broker', { timeout: 60_000 }, () => {
  const local = new Map<string, string>();

  beforeAll(() => {
    cwd = mkdtempSync(join(tmpdir(), 'pathway-spread-'));
    for (const [name, text] of [
      ['ward.pathway', WARD],
      ['until.pathway', UNTIL],
      ['endless.pathway', ENDLESS],
      ['long.pathway', LONG],
      ['longer.pathway', LONGER],
    ] as const)
      writeFileSync(join(cwd, name), text);
  });

  async function localResults(file: string): Promise<string> {
    const known = local.get(file);
    if (known !== undefined) return known;
    const { exitCode, out } = await simulate(file, '--workers', '2').outcome;
    expect(exitCode).toBe(0);
    local.set(file, out);
    return out;
  }

  test.each(['ward.pathway', 'until.pathway', 'long.pathway'])(
    'gives the very bytes of a run here: %s',
    async (file) => {
      const at = await broker();
      await Promise.all([worker(at.url), worker(at.url)]);
      const { exitCode, out } = await simulate(file, '--on', at.url).outcome;
      expect(exitCode).toBe(0);
      expect(out).toBe(await localResults(file));
      await nothingIsLeft(at);
    },
  );

  test('loses nothing when a worker is killed in the middle', async () => {
    const at = await broker();
    const doomed = await worker(at.url);
    const running = simulate('ward.pathway', '--on', at.url);
    await rowsStored(at, 3);
    doomed.child.kill('SIGKILL');
    await worker(at.url);
    expect((await running.outcome).out).toBe(await localResults('ward.pathway'));
    await nothingIsLeft(at);
  });

  test('counts nothing twice when a worker that was silent comes back with what others have done', async () => {
    const at = await broker();
    const silent = await worker(at.url);
    const running = simulate('ward.pathway', '--on', at.url);
    await rowsStored(at, 3);
    silent.child.kill('SIGSTOP');
    await worker(at.url);
    await rowsStored(at, 20);
    silent.child.kill('SIGCONT');
    expect((await running.outcome).out).toBe(await localResults('ward.pathway'));
  });

  test.each([
    ['forgot everything', []],
    ['kept a log', ['--appendonly', 'yes']],
  ])('goes on when the broker was killed and %s', async (_, settings) => {
    const at = await broker(settings);
    const helper = await worker(at.url);
    const running = simulate('ward.pathway', '--on', at.url);
    await rowsStored(at, 3);
    await at.kill();
    await running.said('Lost redis://127.0.0.1');
    await at.start();
    const { out, err } = await running.outcome;
    expect(out).toBe(await localResults('ward.pathway'));
    expect(err).toContain('is back');
    await helper.said('is back');
  });

  test('a replication that takes too long is given to another, and then told', async () => {
    const at = await broker();
    await Promise.all([worker(at.url), worker(at.url)]);
    const { exitCode, out, err } = await simulate('endless.pathway', '-n', '1', '--on', at.url, '--deadline', '1')
      .outcome;
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toMatch(
      /Replication 1 of “(Nine|Ten) beds” did not end within 1 s on .*\. It is tried again elsewhere\./,
    );
    expect(err).toMatch(/error: Replication 1 of “(Nine|Ten) beds” did not end within 1 s on .*It was tried 2 times\./);
    const workers = [...err.matchAll(/within 1 s on (\S+)\./g)].map(([, name]) => name);
    expect(new Set(workers).size).toBe(2);
    await nothingIsLeft(at);
  });

  test('after Ctrl-C gives the results so far and leaves nothing at the broker', async () => {
    const at = await broker();
    const helper = await worker(at.url);
    const running = simulate('ward.pathway', '-n', '5000', '--on', at.url);
    await rowsStored(at, 6);
    running.child.kill('SIGINT');
    const { exitCode, out } = await running.outcome;
    expect(exitCode).toBe(130);
    expect(JSON.parse(out)).toMatchObject({ format: 'pathway-results', interrupted: true });
    await nothingIsLeft(at);
    helper.child.kill('SIGTERM');
    expect((await helper.outcome).exitCode).toBe(0);
  });

  test('after Ctrl-C gives the batches of a long run that have ended, which are those of a run here', async () => {
    const at = await broker();
    await worker(at.url);
    const running = simulate('longer.pathway', '--on', at.url);
    await rowsStored(at, 6);
    running.child.kill('SIGINT');
    const { exitCode, out } = await running.outcome;
    expect(exitCode).toBe(130);
    const results = resultsOf(out);
    expect(results.interrupted).toBe(true);
    const ended = results.scenarios.map(({ replications }) => replications);
    expect(Math.max(...ended)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...ended)).toBeLessThan(200);
    await nothingIsLeft(at);

    // A shorter run of as many batches of the same length has the same patients.
    const most = Math.max(...ended);
    const [file, length] = ['first.pathway', 800_000 / 200];
    const text = LONGER.replace('run 800000 d', `run ${length * most} d`).replace('200 batches', `${most} batches`);
    writeFileSync(join(cwd, file), text);
    const here = resultsOf((await simulate(file).outcome).out);
    const scenario = ended.indexOf(most);
    expect(results.scenarios[scenario]?.indicators).toEqual(here.scenarios[scenario]?.indicators);
  });

  test('makes a long run anew when its worker is killed in the middle, and counts no batch twice', async () => {
    const at = await broker();
    const doomed = await worker(at.url);
    const running = simulate('long.pathway', '--on', at.url);
    await rowsStored(at, 5);
    doomed.child.kill('SIGKILL');
    await worker(at.url);
    expect((await running.outcome).out).toBe(await localResults('long.pathway'));
    await nothingIsLeft(at);
  });

  test('what a study left at the broker when its machine failed goes by itself, and its workers do other work', async () => {
    const at = await broker();
    await worker(at.url);
    const doomed = simulate('ward.pathway', '-n', '5000', '--on', at.url);
    await rowsStored(at, 3);
    doomed.child.kill('SIGKILL');
    const kept = await at.client.keys('pathway:run:*');
    expect(kept.length).toBeGreaterThan(2);
    for (const key of kept) {
      const seconds = await at.client.ttl(key);
      expect(seconds, key).toBeGreaterThan(0);
      expect(seconds, key).toBeLessThanOrEqual(120);
    }
    // Two minutes later. The key that says the run is open goes first: until then a row on its way begins the others anew.
    const isRun = (key: string): boolean => /^pathway:run:[^:]+$/.test(key);
    expect(kept.filter(isRun)).toHaveLength(1);
    await at.client.del(...kept.filter(isRun));
    await at.client.del(...kept);
    const { out } = await simulate('ward.pathway', '--on', at.url).outcome;
    expect(out).toBe(await localResults('ward.pathway'));
    await nothingIsLeft(at);
  });

  test('a replication that brings down one worker after the other is told', async () => {
    const at = await broker();
    writeFileSync(join(cwd, 'one.pathway'), ENDLESS.replace('compare Nine, Ten', 'compare Nine'));
    const running = simulate('one.pathway', '-n', '1', '--on', at.url);
    const heard: string[] = [];
    running.child.stderr.on('data', (data: Buffer) => heard.push(data.toString('utf8')));
    const isTold = (): boolean => heard.join('').includes('brought several workers down, perhaps for want of memory');
    const locks = async (): Promise<number> => (await at.client.keys('*:lock')).length;
    let brought = 0;
    while (!isTold() && brought < 10) {
      const doomed = await worker(at.url);
      await until(
        async () => isTold() || (await locks()) > 0,
        () => 'no worker begins',
      );
      doomed.child.kill('SIGKILL');
      brought++;
      await until(
        async () => (await locks()) === 0,
        () => 'the lock stays',
      );
    }
    expect(isTold()).toBe(true);
    expect(brought).toBeGreaterThan(1);
    running.child.kill('SIGINT');
    expect((await running.outcome).exitCode).toBe(130);
  });

  test('a worker that is told to end gives back what it has begun', async () => {
    const at = await broker();
    const leaving = await worker(at.url);
    const running = simulate('ward.pathway', '--on', at.url);
    await rowsStored(at, 3);
    leaving.child.kill('SIGTERM');
    expect((await leaving.outcome).exitCode).toBe(0);
    await worker(at.url, '--lease', '3600');
    expect((await running.outcome).out).toBe(await localResults('ward.pathway'));
  });

  test('a worker ends by itself when it was idle for long enough', async () => {
    const at = await broker();
    const { exitCode, err } = await (await worker(at.url, '--idle', '1')).outcome;
    expect({ exitCode, err }).toMatchObject({ exitCode: 0 });
  });

  test('waits for room while the memory of the broker is full', async () => {
    const at = await broker();
    const running = simulate('ward.pathway', '--on', at.url);
    await running.said('No worker is at');
    await at.client.config('SET', 'maxmemory', '1');
    await worker(at.url);
    await running.said('is full. Waiting for room.');
    await at.client.config('SET', 'maxmemory', '0');
    expect((await running.outcome).out).toBe(await localResults('ward.pathway'));
  });

  test('refuses workers of another version, and says which', async () => {
    const at = await broker();
    const stranger = JSON.stringify({ id: 'elsewhere:1', engine: '9.9.9-stranger', cores: 4 });
    await at.client.zadd('pathway:workers', Math.floor(Date.now() / 1000) + 600, stranger);
    const { exitCode, out, err } = await simulate('ward.pathway', '--on', at.url).outcome;
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err).toContain('All workers at redis://127.0.0.1');
    expect(err).toContain('are of another version: 9.9.9-stranger. This is 0.1.0-');
    await nothingIsLeft(at);
  });

  test('asks for the password, tells a wrong one, and never shows one', async () => {
    const secret = 'kingfisher/€7';
    const at = await broker(['--requirepass', secret]);
    const [host, port] = ['127.0.0.1', at.port];
    const inAddress = `redis://:${encodeURIComponent(secret)}@${host}:${port}`;
    const wrong = `redis://:${encodeURIComponent(`${secret}x`)}@${host}:${port}`;
    const helper = await worker(inAddress);
    const outcomes = await Promise.all([
      simulate('ward.pathway', '-n', '2', '--on', inAddress).outcome,
      simulate('ward.pathway', '-n', '2', '--on', wrong).outcome,
      simulate('ward.pathway', '-n', '2', '--on', at.url).outcome,
      runCli(['worker', '--on', at.url], { env: { PATHWAY_REDIS_PASSWORD: `${secret}y`, PATHWAY_DEBUG: '1' } }),
    ]);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 2, 2, 2]);
    expect(outcomes[1].err).toContain(`redis://${host}:${port} refuses the name or the password.`);
    expect(outcomes[2].err).toContain('asks for a password');
    expect(outcomes[3].err).toContain('refuses the name or the password');
    helper.child.kill('SIGTERM');
    for (const { out, err } of [...outcomes, await helper.outcome])
      for (const form of [secret, encodeURIComponent(secret)]) expect(out + err).not.toContain(form);
  });

  test('tells when an address leads to nothing, to something else, or to a database that is not there', async () => {
    const at = await broker();
    const other = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const told = async (on: string): Promise<string> => {
      const { exitCode, err } = await runCli(['worker', '--on', on]);
      expect(exitCode).toBe(2);
      return err;
    };
    try {
      expect(await told(`redis://127.0.0.1:${await freePort()}`)).toContain('Nothing listens at');
      expect(await told(`redis://127.0.0.1:${port}`)).toContain('is neither Redis nor Valkey');
      expect(await told(`redis://127.0.0.1:${at.port}/99`)).toContain('no database of that number');
    } finally {
      other.close();
    }
  });
});

const resultsSchema = z.object({
  interrupted: z.boolean().optional(),
  scenarios: z.array(z.object({ replications: z.number(), indicators: z.array(z.unknown()) })),
});

/** What the tests look at of results in JSON. */
function resultsOf(text: string): z.infer<typeof resultsSchema> {
  return resultsSchema.parse(JSON.parse(text));
}

/** Workers let go of a run that ended a moment later. */
async function nothingIsLeft(at: TestBroker): Promise<void> {
  let left: readonly string[] = [];
  await until(
    async () => (left = await leftovers(at)).length === 0,
    () => `left at the broker: ${left.join(', ')}`,
  );
}

/** What is left at a broker besides the queue's own books and the workers that are there. */
async function leftovers(at: TestBroker): Promise<readonly string[]> {
  const found = await at.client.keys('*');
  return found.filter((key) => !/:(id|meta|events|stalled-check|marker)$|^pathway:workers$/.test(key)).sort();
}
