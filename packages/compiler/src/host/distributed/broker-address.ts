import { ProjectError } from '../../project-error.js';

/** Where a broker is, and how to get in. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  readonly database: number;
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The address without name and password: the only form that is ever shown. */
  readonly shown: string;
}

const ADVICE = 'Write it like redis://host:6379, or rediss://host:6379 where the broker expects TLS.';
const SCHEMES: ReadonlyMap<string, { readonly tls: boolean }> = new Map([
  ['redis:', { tls: false }],
  ['rediss:', { tls: true }],
  ['valkey:', { tls: false }],
  ['valkeys:', { tls: true }],
]);

/**
 * Reads the address after `--on`. Name and password may stand in it, or better, since other users of a machine see its
 * command lines, in the environment variables PATHWAY_REDIS_USERNAME and PATHWAY_REDIS_PASSWORD.
 * @throws ProjectError for what is no address of a broker; its message never repeats what was given, which may hold a
 * password
 */
export function brokerAddress(
  text: string,
  environment: Readonly<Record<string, string | undefined>> = {},
): BrokerAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const scheme = url && SCHEMES.get(url.protocol);
  if (url === undefined || scheme === undefined)
    throw new ProjectError('What stands after --on is not the address of a broker.', ADVICE);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? 6379 : Number(url.port);
  const path = /^\/?(\d{0,4})$/.exec(url.pathname);
  if (host === '') throw new ProjectError('The address after --on names no machine.', ADVICE);
  if (path === null || url.search !== '' || url.hash !== '')
    throw new ProjectError(
      `After ${url.protocol}//${url.host} there can only be the number of a database.`,
      'Write it like redis://host:6379/2, or leave it out.',
    );
  const database = Number(path[1]);
  const username = plain(url.username) ?? environment.PATHWAY_REDIS_USERNAME;
  const password = plain(url.password) ?? environment.PATHWAY_REDIS_PASSWORD;
  return {
    host,
    port,
    database,
    tls: scheme.tls,
    username: username === '' ? undefined : username,
    password: password === '' ? undefined : password,
    shown: `${scheme.tls ? 'rediss' : 'redis'}://${url.hostname}:${port}${database === 0 ? '' : `/${database}`}`,
  };
}

function plain(encoded: string): string | undefined {
  if (encoded === '') return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new ProjectError(
      'The name or password in the address after --on is not well written.',
      'Write a percent sign as %25, or give the password in the environment variable PATHWAY_REDIS_PASSWORD.',
    );
  }
}
