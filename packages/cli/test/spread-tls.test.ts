import { type ChildProcessWithoutNullStreams, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BROKER_PROGRAM, freePort, startBroker, type TestBroker } from './broker.js';
import { bundleCommand, type BundledCommand, outcomeOf } from './bundled.js';

const QUEUE = `organisation Hospital { sector hospital }
resource Bed { at Hospital  count 2 }
cohort Patients { arrives every exponential(1 h) }
pathway Stay for Patients {
  owner Hospital
  hold 1 Bed as Own { step Care { takes exponential(90 min) } }
}
indicator Wait { wait for Own }
scenario Today { }
study Week {
  compare Today
  run 7 d
  replicate 4 times
}
`;

/** What makes a certificate for this machine; brokers are where OpenSSL is. */
const CAN_SIGN = spawnSync('openssl', ['version']).status === 0;

/** A key and a certificate that signs itself, made anew for each run. */
function certificate(folder: string): { readonly key: string; readonly cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = spawnSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'].concat(
      ['-subj', '/CN=broker of a test', '-addext', 'subjectAltName=IP:127.0.0.1'],
      ['-keyout', key, '-out', cert],
    ),
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(made.stderr);
  return { key, cert };
}

test('TLS is tested where a broker is asked for', () => {
  const both = BROKER_PROGRAM !== undefined && CAN_SIGN;
  if (!both) console.warn('redis-server or openssl is not here: TLS to the broker was not tested.');
  expect(both || (process.env.PATHWAY_NEEDS_BROKER ?? '') === '').toBe(true);
});

describe.skipIf(BROKER_PROGRAM === undefined || !CAN_SIGN)('a broker that speaks TLS', { timeout: 60_000 }, () => {
  const cwd = mkdtempSync(join(tmpdir(), 'pathway-tls-'));
  const started: ChildProcessWithoutNullStreams[] = [];
  let command: BundledCommand;
  let broker: TestBroker;
  let at: string;
  let cert: string;

  beforeAll(async () => {
    command = await bundleCommand();
    const made = certificate(cwd);
    cert = made.cert;
    const port = await freePort();
    broker = await startBroker([
      ...['--tls-port', String(port), '--tls-auth-clients', 'no'],
      ...['--tls-cert-file', cert, '--tls-key-file', made.key, '--tls-ca-cert-file', cert],
    ]);
    at = `rediss://127.0.0.1:${port}`;
    writeFileSync(join(cwd, 'queue.pathway'), QUEUE);
  });
  afterAll(async () => {
    for (const child of started) if (child.exitCode === null) child.kill('SIGKILL');
    await broker.remove();
    command.remove();
    rmSync(cwd, { recursive: true, force: true });
  });

  const simulate = (env: Readonly<Record<string, string>>, ...more: readonly string[]) =>
    outcomeOf(command.start(['simulate', 'queue.pathway', '--format', 'json', ...more], cwd, env));

  test('gives the very results of this machine to those who know its certificate', async () => {
    const trusting = { NODE_EXTRA_CA_CERTS: cert };
    const local = await simulate({});
    expect(local.exitCode, local.err).toBe(0);
    const worker = command.start(['worker', '--on', at, '--cores', '1', '--idle', '5'], cwd, trusting);
    started.push(worker);
    const spread = await simulate(trusting, '--on', at);
    expect({ exitCode: spread.exitCode, out: spread.out }, spread.err).toEqual({ exitCode: 0, out: local.out });
  });

  test('is not trusted without it', async () => {
    const { exitCode, err } = await simulate({}, '--on', at);
    expect(exitCode).toBe(2);
    expect(err).toContain(`The certificate of ${at} is signed by nobody known here.`);
    expect(err).toContain('NODE_EXTRA_CA_CERTS');
  });
});
