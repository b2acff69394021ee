import { ProjectError } from '../../project-error.js';

interface Explanation {
  readonly when: RegExp;
  readonly says: (shown: string) => string;
  readonly advice: string;
  /** Whether it may be over in a moment, so that work in progress waits for that. */
  readonly passes: boolean;
}

const TRUST = 'Give the authority that signed it in the environment variable NODE_EXTRA_CA_CERTS.';

/** What brokers and networks answer, by the code and the first words of an error. The first that fits is told. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    when: /WRONGPASS|invalid password|invalid username-password/i,
    says: (shown) => `${shown} refuses the name or the password.`,
    advice: 'Give them in PATHWAY_REDIS_USERNAME and PATHWAY_REDIS_PASSWORD, or in the address.',
    passes: false,
  },
  {
    when: /NOAUTH/,
    says: (shown) => `${shown} asks for a password.`,
    advice: 'Give it in the environment variable PATHWAY_REDIS_PASSWORD.',
    passes: false,
  },
  {
    when: /without any password configured/,
    says: (shown) => `${shown} has no password, and one was given.`,
    advice: 'Leave the password away.',
    passes: false,
  },
  {
    when: /NOPERM/,
    says: (shown) => `The user may not do what is needed at ${shown}.`,
    advice: 'Let the user work on the keys `pathway:*` with all commands of data, scripts and INFO.',
    passes: false,
  },
  {
    when: /DB index is out of range/,
    says: (shown) => `${shown} has no database of that number.`,
    advice: 'Leave the number away.',
    passes: false,
  },
  {
    when: /^(MOVED|ASK|CROSSSLOT|CLUSTERDOWN)\b/,
    says: (shown) => `${shown} is part of a cluster.`,
    advice: 'Use a broker of one node; replicas for the case of failure may stand behind it.',
    passes: false,
  },
  {
    when: /WRONG_VERSION_NUMBER|EPROTO|wrong version number|packet length too long/i,
    says: (shown) => `${shown} does not speak TLS.`,
    advice: 'Write redis:// instead of rediss://.',
    passes: false,
  },
  {
    when: /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|self[- ]signed/i,
    says: (shown) => `The certificate of ${shown} is signed by nobody known here.`,
    advice: TRUST,
    passes: false,
  },
  {
    when: /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/,
    says: (shown) => `The certificate of ${shown} is not valid now.`,
    advice: 'Renew it, or set the clock of this machine.',
    passes: false,
  },
  {
    when: /ALTNAME_INVALID/,
    says: (shown) => `The certificate of ${shown} is for another name.`,
    advice: 'Use the name that stands in the certificate.',
    passes: false,
  },
  {
    when: /Protocol error|reply type byte|Unknown RESP type/i,
    says: (shown) => `What answers at ${shown} is neither Redis nor Valkey.`,
    advice: 'Correct the address after --on.',
    passes: false,
  },
  {
    when: /\bOOM\b|maxmemory/,
    says: fullBroker,
    advice: 'Give it more (`maxmemory`), or clear what else it keeps.',
    passes: true,
  },
  {
    when: /MISCONF/,
    says: (shown) => `${shown} cannot save to its disk and takes nothing in.`,
    advice: 'Look at its disk and its log.',
    passes: true,
  },
  {
    when: /READONLY/,
    says: (shown) => `${shown} is a replica, which takes nothing in.`,
    advice: 'Use the address of the primary.',
    passes: true,
  },
  {
    when: /LOADING/,
    says: (shown) => `${shown} is still reading what it had saved.`,
    advice: 'Try again in a moment.',
    passes: true,
  },
  {
    when: /max number of clients/,
    says: (shown) => `${shown} takes no further connections.`,
    advice: 'Raise its `maxclients`, or start fewer workers.',
    passes: true,
  },
  {
    when: /ENOTFOUND|EAI_AGAIN|EAI_/,
    says: (shown) => `No machine is known by the name in ${shown}.`,
    advice: 'Correct the address after --on.',
    passes: true,
  },
  {
    when: /ECONNREFUSED/,
    says: (shown) => `Nothing listens at ${shown}.`,
    advice: 'Start Redis or Valkey there, or correct the address after --on.',
    passes: true,
  },
  {
    when: /EHOSTUNREACH|ENETUNREACH/,
    says: (shown) => `There is no way to ${shown} from here.`,
    advice: 'Look at the network and its firewalls.',
    passes: true,
  },
  {
    when: /ETIMEDOUT|timed out|timeout/i,
    says: (shown) => `${shown} does not answer.`,
    advice: 'Look whether the address is right, no firewall lies between, and it speaks TLS where you write rediss://.',
    passes: true,
  },
  {
    when: /ECONNRESET|EPIPE|Connection is closed|Stream isn't writeable|max retries per request/i,
    says: (shown) => `${shown} closed the connection.`,
    advice: 'If it expects TLS, write rediss:// instead of redis://.',
    passes: true,
  },
];

/** What is told of a broker that has no room. */
export function fullBroker(shown: string): string {
  return `The memory of ${shown} is full.`;
}

/** Tells why a broker could not be used, and what to do; nothing of a name or password is in it. */
export function brokerFailure(error: unknown, shown: string): ProjectError {
  if (error instanceof ProjectError) return error;
  const found = explanationOf(error);
  if (found !== undefined) return new ProjectError(found.says(shown), found.advice);
  return new ProjectError(
    `${shown} cannot be used: ${firstLine(error)}`,
    'It must be Redis 6.2 or newer, or Valkey, that keeps what it is given (`maxmemory-policy noeviction`).',
  );
}

/** Whether a failure may pass by itself: the broker restarts, the network is gone, the memory is full at the moment. */
export function passesByItself(error: unknown): boolean {
  return explanationOf(error)?.passes === true;
}

function explanationOf(error: unknown): Explanation | undefined {
  const text = textOf(error);
  return EXPLANATIONS.find(({ when }) => when.test(text));
}

/** Code and message of an error and of those it was made of; commands and their arguments stay out of it. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error instanceof AggregateError ? error.errors.map(textOf) : [];
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return [error.message, code, ...inner].filter((part) => part !== '').join(' ');
}

function firstLine(error: unknown): string {
  return textOf(error).split('\n')[0] ?? '';
}
