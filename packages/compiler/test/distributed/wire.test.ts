import { gunzipSync, gzipSync } from 'node:zlib';
import { runReplication, studyInputs, type SimulationInput } from '@pathway/simulation';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  hashInput,
  packInput,
  packRow,
  readJob,
  readPresence,
  readTrouble,
  unpackInput,
  unpackRow,
  WIRE_VERSION,
} from '../../src/host/distributed/wire.js';
import { ENGINE_VERSION } from '../../src/generated/engine-version.js';
import { loadExample } from '../examples/load-example.js';

let inputs: readonly SimulationInput[];
beforeAll(async () => {
  const models = await Promise.all(['stroke', 'treatment-centre'].map((name) => loadExample(name)));
  inputs = models.flatMap(({ model }) =>
    model.studies.slice(0, 1).flatMap(({ id }) => studyInputs(model, id).slice(0, 2)),
  );
});

const repacked = (bytes: Buffer, change: (value: Record<string, unknown>) => object): Buffer =>
  gzipSync(JSON.stringify(change(JSON.parse(gunzipSync(bytes).toString('utf8')) as Record<string, unknown>)));

describe('what travels', () => {
  test('gives the same row on the other side, bit by bit', { timeout: 60_000 }, async () => {
    for (const input of inputs) {
      const hashed = hashInput(input);
      const arrived = await unpackInput(await packInput(hashed), hashed.hash);
      expect(hashInput(arrived).text.length).toBe(hashed.text.length);
      const here = runReplication(input, 2);
      const there = await unpackRow(
        await packRow({ input: hashed.hash, replication: 2, result: runReplication(arrived, 2) }),
      );
      // toStrictEqual tells 0 from −0 and a missing property from an undefined one.
      expect(there).toStrictEqual({ input: hashed.hash, replication: 2, result: here });
    }
  });

  test('has the same name for the same input, and another for any other', () => {
    const names = inputs.map((input) => hashInput(input).hash);
    expect(new Set(names).size).toBe(inputs.length);
    expect(inputs.map((input) => hashInput({ ...input }).hash)).toEqual(names);
    expect(hashInput({ ...inputs[0]!, seed: 99 }).hash).not.toBe(names[0]);
  });

  test('is refused when it was changed on the way', async () => {
    const input = inputs[0]!;
    const { hash, text } = hashInput(input);
    const forged = gzipSync(text.replace('"seed":', '"seed":1'));
    await expect(unpackInput(forged, hash)).rejects.toThrow('another content');
    await expect(unpackInput(Buffer.from('no gzip'), hash)).rejects.toThrow();
    const row = await packRow({ input: hash, replication: 0, result: runReplication(input, 0) });
    await expect(unpackRow(row.subarray(0, row.length - 20))).rejects.toThrow();
    await expect(unpackRow(repacked(row, (value) => ({ ...value, replication: 5 })))).rejects.toThrow(
      'another replication',
    );
    await expect(unpackRow(repacked(row, (value) => ({ ...value, result: { events: 'many' } })))).rejects.toThrow(
      'not the result of a replication',
    );
    await expect(unpackRow(repacked(row, (value) => ({ ...value, engine: '9.9.9' })))).rejects.toThrow(
      `it is of version 9.9.9, and this is version ${ENGINE_VERSION}`,
    );
  });

  test('is refused when it is too large', async () => {
    await expect(packInput(hashInput(inputs[0]!), 1000)).rejects.toThrow('too large to be sent');
  });
});

describe('jobs', () => {
  const job = {
    wire: WIRE_VERSION,
    engine: ENGINE_VERSION,
    run: 'r.0',
    input: 'a',
    scenario: 'Base',
    seed: 1,
    first: 0,
    last: 9,
    deadline: 60,
    attempt: 0,
    avoid: [],
  };

  test('are read as they were written', () => {
    expect(readJob(JSON.parse(JSON.stringify(job)))).toEqual(job);
  });

  test.each([
    ['another engine', { engine: '9.9.9' }, 'version 9.9.9'],
    ['another wire', { wire: WIRE_VERSION + 1 }, 'wire'],
    ['no deadline', { deadline: undefined }, 'deadline'],
    ['more than it should hold', { code: 'x' }, 'code'],
  ])('of %s are refused', (_, change, message) => {
    expect(() => readJob({ ...job, ...change })).toThrow(message);
  });

  test('what others wrote into our keys is passed over', () => {
    for (const text of ['', '{', '{}', 'null', '{"id":1}'])
      expect([readTrouble(text), readPresence(text)]).toEqual([undefined, undefined]);
  });
});
