import { describe, expect, test } from 'vitest';
import { brokerAddress } from '../../src/host/distributed/broker-address.js';
import { brokerFailure, passesByItself } from '../../src/host/distributed/broker-failure.js';

describe('the address of a broker', () => {
  test.each([
    ['redis://broker', 'redis://broker:6379', { host: 'broker', port: 6379, database: 0, tls: false }],
    ['rediss://broker:6380/3', 'rediss://broker:6380/3', { port: 6380, database: 3, tls: true }],
    ['valkeys://[::1]:7000', 'rediss://[::1]:7000', { host: '::1', port: 7000, tls: true }],
  ])('%s', (text, shown, wanted) => {
    expect(brokerAddress(text)).toMatchObject({ shown, ...wanted });
  });

  test('takes name and password from itself first, then from the environment, and shows neither', () => {
    const environment = { PATHWAY_REDIS_USERNAME: 'ward', PATHWAY_REDIS_PASSWORD: 'from outside' };
    expect(brokerAddress('redis://h', environment)).toMatchObject({ username: 'ward', password: 'from outside' });
    const own = brokerAddress('redis://me:p%40ss%2Fword@h', environment);
    expect(own).toMatchObject({ username: 'me', password: 'p@ss/word', shown: 'redis://h:6379' });
    expect(brokerAddress('redis://h').password).toBeUndefined();
  });

  test.each([
    ['http://host', /is not the address/],
    ['host:6379', /is not the address/],
    ['redis://', /is not the address|names no machine/],
    ['redis://:kingfisher@host/queue', /only be the number of a database/],
    ['redis://:kingfisher@host?x=1', /only be the number of a database/],
    ['redis://:king%fisher@host', /not well written/],
    ['kingfisher@host', /is not the address/],
  ])('refuses %s without repeating it', (text, message) => {
    const thrown = failureOf(() => brokerAddress(text));
    expect(thrown).toMatch(message);
    expect(thrown).not.toContain('fisher');
  });
});

describe('why a broker cannot be used', () => {
  const coded = (code: string, message = code): Error => Object.assign(new Error(message), { code });

  test.each([
    [
      new Error('WRONGPASS invalid username-password pair or user is disabled.'),
      'refuses the name or the password',
      false,
    ],
    [new Error('NOAUTH Authentication required.'), 'asks for a password', false],
    [new Error("NOPERM this user has no permissions to run the 'eval' command"), 'may not do what is needed', false],
    [coded('ECONNREFUSED'), 'Nothing listens', true],
    [new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')]), 'Nothing listens', true],
    [coded('ENOTFOUND'), 'No machine is known', true],
    [new Error('connect ETIMEDOUT'), 'does not answer', true],
    [coded('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'), 'signed by nobody known here', false],
    [coded('ERR_TLS_CERT_ALTNAME_INVALID'), 'for another name', false],
    [coded('ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number'), 'does not speak TLS', false],
    [coded('ECONNRESET'), 'closed the connection', true],
    [new Error("OOM command not allowed when used memory > 'maxmemory'."), 'is full', true],
    [new Error('MISCONF Redis is configured to save RDB snapshots'), 'cannot save to its disk', true],
    [new Error("READONLY You can't write against a read only replica."), 'is a replica', true],
    [new Error('LOADING Redis is loading the dataset in memory'), 'still reading', true],
    [new Error('MOVED 3999 127.0.0.1:6381'), 'part of a cluster', false],
    [new Error('ERR max number of clients reached'), 'no further connections', true],
    [new Error('something new'), 'cannot be used: something new', false],
  ])('%s', (error, message, passes) => {
    const failure = brokerFailure(error, 'redis://h:6379');
    expect(failure.message).toContain(message);
    expect(failure.message).toContain('redis://h:6379');
    expect(failure.advice).not.toBe('');
    expect(passesByItself(error)).toBe(passes);
  });

  test('tells nothing of the command that failed, which may hold the password', () => {
    const error = Object.assign(new Error('WRONGPASS'), { command: { name: 'auth', args: ['ward', 'kingfisher'] } });
    const { message, advice } = brokerFailure(error, 'redis://h:6379');
    expect(`${message} ${advice}`).not.toContain('kingfisher');
  });
});

function failureOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error && 'advice' in error ? `${error.message} ${String(error.advice)}` : String(error);
  }
  return 'nothing was thrown';
}
