import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { JsonRpc } from '../src/json-rpc.js';
import { ResponseError } from '../src/response-error.js';
import { streamChannel } from '../src/stream-channel.js';

/** A side of a connection with what it sends to the other, as parsed messages. */
function connected(): { rpc: JsonRpc; write: (bytes: string | Buffer) => void; sent: unknown[] } {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const rpc = new JsonRpc(streamChannel(input, output, () => undefined));
  const sent: unknown[] = [];
  streamChannel(output, new PassThrough(), () => undefined).listen((message) => sent.push(message));
  rpc.onRequest('initialize', () => ({ capabilities: {} }));
  rpc.onRequest('shutdown', () => null);
  rpc.onRequest('echo', (params) => params);
  rpc.onRequest('refuse', () => {
    throw new ResponseError(-32803, 'no');
  });
  rpc.listen();
  return { rpc, write: (bytes) => input.write(bytes), sent };
}

function framed(message: object | string): Buffer {
  const body = Buffer.from(typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message }));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

const begin = framed({ id: 1, method: 'initialize', params: {} });
const begun = { jsonrpc: '2.0', id: 1, result: { capabilities: {} } };

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('messages over a stream', () => {
  test('are read however they are cut, with characters of several bytes', async () => {
    const { write, sent } = connected();
    const echo = { id: 2, method: 'echo', params: { text: '病院 🏥 Pflege' } };
    for (const byte of Buffer.concat([begin, framed(echo)])) write(Buffer.from([byte]));
    await until(() => sent.length === 2);
    expect(sent).toEqual([begun, { jsonrpc: '2.0', id: 2, result: echo.params }]);
  });

  test('are read from one piece, after headers of any case and others beside', async () => {
    const { write, sent } = connected();
    const body = JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'echo', params: [1] });
    const typed = `content-length: ${body.length}\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n${body}`;
    write(Buffer.concat([begin, Buffer.from(typed)]));
    await until(() => sent.length === 2);
    expect(sent[1]).toEqual({ jsonrpc: '2.0', id: 2, result: [1] });
  });

  test('that are none get an error, and the next is read', async () => {
    const { write, sent } = connected();
    write(framed('{ "id": 1, '));
    write(framed('[]'));
    write('Content-Type: text\r\n\r\n');
    write(begin);
    await until(() => sent.length === 4);
    expect(sent).toMatchObject([
      { id: null, error: { code: -32700 } },
      { id: null, error: { code: -32600 } },
      { id: null, error: { code: -32600 } },
      begun,
    ]);
  });
});

describe('requests', () => {
  test('get errors: their own, or that there is no such method', async () => {
    const { write, sent } = connected();
    write(begin);
    write(framed({ id: 2, method: 'refuse' }));
    write(framed({ id: 'three', method: 'textDocument/colour' }));
    await until(() => sent.length === 3);
    expect(sent.slice(1)).toMatchObject([
      { id: 2, error: { code: -32803, message: 'no' } },
      { id: 'three', error: { code: -32601 } },
    ]);
  });

  test('that are cancelled while they wait are never begun, and every other is answered', async () => {
    const { rpc, write, sent } = connected();
    let begunCount = 0;
    rpc.onRequest('count', () => ++begunCount);
    const many = Array.from({ length: 5 }, (_, index) => framed({ id: 10 + index, method: 'count' }));
    const cancel = framed({ method: '$/cancelRequest', params: { id: 13 } });
    write(Buffer.concat([begin, ...many, cancel]));
    await until(() => sent.length === 6);
    expect(begunCount).toBe(4);
    expect(sent).toContainEqual(
      expect.objectContaining({ id: 13, error: expect.objectContaining({ code: -32800 }) as unknown }),
    );
    write(framed({ method: '$/cancelRequest', params: { id: 10 } }));
    write(framed({ id: 20, method: 'echo', params: null }));
    await until(() => sent.length === 7);
    expect(sent.at(-1)).toEqual({ jsonrpc: '2.0', id: 20, result: null });
  });

  test('keep the order of a session', async () => {
    const { rpc, write, sent } = connected();
    let heard = 0;
    rpc.onNotification('told', () => heard++);
    write(framed({ method: 'told' }));
    write(framed({ id: 1, method: 'echo' }));
    write(framed({ id: 2, method: 'initialize' }));
    write(framed({ method: 'told' }));
    write(framed({ id: 3, method: 'initialize' }));
    write(framed({ id: 4, method: 'shutdown' }));
    write(framed({ method: 'told' }));
    write(framed({ id: 5, method: 'echo' }));
    await until(() => sent.length === 5);
    expect(sent.map((each) => (each as { error?: { code: number } }).error?.code)).toEqual([
      -32002,
      undefined,
      -32600,
      undefined,
      -32600,
    ]);
    expect(heard).toBe(1);
  });

  test('to the other side get its answer or its error', async () => {
    const { rpc, write, sent } = connected();
    write(begin);
    await until(() => sent.length === 1);
    const first = rpc.request('a', { x: 1 });
    const second = rpc.request('b').catch((error: unknown) => String(error));
    await until(() => sent.length === 3);
    expect(sent.slice(1)).toMatchObject([
      { id: 1, method: 'a', params: { x: 1 } },
      { id: 2, method: 'b' },
    ]);
    write(framed({ id: 2, error: { code: 1, message: 'not today' } }));
    write(framed({ id: 1, result: 'yes' }));
    await expect(first).resolves.toBe('yes');
    await expect(second).resolves.toContain('not today');
  });
});
