import type { ReplicationPool } from '../replication-pool.js';
import { brokerAddress } from './broker-address.js';
import type { RemoteOptions } from './remote-executor.js';
import type { ReplicationWorker, WorkerOptions } from './replication-worker.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Seconds that a replication may take on a worker, where nothing else is said. */
export const DEFAULT_DEADLINE = 3600;

/** Seconds without a sign of life after which a worker's work is given to another, where nothing else is said. */
export const DEFAULT_LEASE = 15;

/**
 * An executor that gives replications to the workers at a broker. What talks to the broker is loaded here and nowhere
 * before: most commands never need it.
 * @param on address of the broker, as after `--on`
 * @param environment where name and password may stand
 * @throws ProjectError when the address is none, or the broker cannot be used
 */
export async function connectExecutor(
  on: string,
  environment: Environment,
  options: Omit<RemoteOptions, 'address'>,
): Promise<ReplicationPool> {
  const address = brokerAddress(on, environment);
  const { createRemoteExecutor } = await import('./remote-executor.js');
  return createRemoteExecutor({ ...options, address });
}

/**
 * A worker at a broker, which runs what executors give it.
 * @param on address of the broker, as after `--on`
 * @param environment where name and password may stand
 * @throws ProjectError when the address is none, or the broker cannot be used
 */
export async function connectWorker(
  on: string,
  environment: Environment,
  options: Omit<WorkerOptions, 'address'>,
): Promise<ReplicationWorker> {
  const address = brokerAddress(on, environment);
  const { startReplicationWorker } = await import('./replication-worker.js');
  return startReplicationWorker({ ...options, address });
}
