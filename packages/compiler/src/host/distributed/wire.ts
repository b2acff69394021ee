import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import {
  parseReplicationResult,
  parseSimulationInput,
  plainReplication,
  type ReplicationResult,
  type SimulationInput,
} from '@pathway/simulation';
import * as z from 'zod';
import { ENGINE_VERSION } from '../../generated/engine-version.js';
import { ProjectError } from '../../project-error.js';

/** Version of what goes over the wire and into files of rows. It is part of the queue's name. */
export const WIRE_VERSION = 2;

/** Workers of the same version find the same figures; others never see each other's jobs. */
export const QUEUE = `replications-${WIRE_VERSION}-${ENGINE_VERSION}`;

/** The largest input that is sent, packed, in bytes. */
const LARGEST_INPUT = 64 * 1024 * 1024;
const LARGEST_UNPACKED = 512 * 1024 * 1024;

const count = z.int().min(0);

/** A range of replications of one input. It can be done twice: each row counts once. */
const jobSchema = z.strictObject({
  wire: z.literal(WIRE_VERSION),
  engine: z.string(),
  run: z.string(),
  input: z.string(),
  scenario: z.string(),
  seed: z.int(),
  first: count,
  last: count,
  /** Seconds that one replication may take. */
  deadline: z.number().positive(),
  attempt: count,
  /** Workers that had trouble with it: others go first. */
  avoid: z.array(z.string()),
});
export type RangeJob = z.infer<typeof jobSchema>;

const troubleSchema = z.strictObject({
  job: z.string(),
  kind: z.enum(['deadline', 'memory', 'model', 'other']),
  replication: count,
  worker: z.string(),
  message: z.string(),
});
/** What went wrong with a job, as its worker tells it. */
export type Trouble = z.infer<typeof troubleSchema>;

const presenceSchema = z.strictObject({ id: z.string(), engine: z.string(), cores: count });
/** A worker that is there. */
export type Presence = z.infer<typeof presenceSchema>;

const rowSchema = z.strictObject({
  engine: z.string(),
  input: z.string(),
  replication: count,
  batch: count.exactOptional(),
  result: z.unknown(),
});

/** What a row is about: a replication of the input with that hash, or one batch of it that has ended. */
export interface RowSubject {
  readonly input: string;
  readonly replication: number;
  /** From 0; absent for the whole replication. */
  readonly batch?: number;
}

/** A result and what it belongs to. */
export interface Row extends RowSubject {
  readonly result: ReplicationResult;
}

/** @throws ZodError for anything but a job of this version */
export function readJob(data: unknown): RangeJob {
  const job = jobSchema.parse(data);
  if (job.engine !== ENGINE_VERSION) throw new Error(otherVersion(job.engine));
  return job;
}

/** Undefined for text that no worker wrote. */
export function readTrouble(text: string): Trouble | undefined {
  return troubleSchema.safeParse(parsedJson(text)).data;
}

/** Undefined for text that no worker wrote. */
export function readPresence(text: string): Presence | undefined {
  return presenceSchema.safeParse(parsedJson(text)).data;
}

/** An input with the hash of its text, by which machines know it. */
export interface HashedInput {
  readonly hash: string;
  readonly text: string;
}

/** @throws ProjectError when the input has more text than fits in one piece */
export function hashInput(input: SimulationInput): HashedInput {
  let text: string;
  try {
    text = JSON.stringify(input);
  } catch {
    throw tooLarge('more than 500 MB');
  }
  return { text, hash: hashOf(text) };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** @throws ProjectError when the input is larger than `largest` bytes */
export async function packInput({ text }: HashedInput, largest = LARGEST_INPUT): Promise<Buffer> {
  const bytes = await pack(text);
  if (bytes.length > largest) throw tooLarge(`${Math.ceil(bytes.length / 2 ** 20)} MB`, largest);
  return bytes;
}

function tooLarge(size: string, largest = LARGEST_INPUT): ProjectError {
  return new ProjectError(
    `The input of the simulation is too large to be sent: packed it has ${size}, and at most ${Math.floor(largest / 2 ** 20)} MB are sent.`,
    'Run it on this machine, without --on. Arrivals from long files make inputs large: rates need less.',
  );
}

/** @throws Error for bytes that are not the input of that hash */
export async function unpackInput(bytes: Buffer, hash: string): Promise<SimulationInput> {
  const text = await unpack(bytes);
  if (hashOf(text) !== hash) throw new Error('an input arrived with another content than its name says');
  return parseSimulationInput(JSON.parse(text));
}

export async function packRow({ result, ...subject }: Row): Promise<Buffer> {
  return pack(JSON.stringify({ engine: ENGINE_VERSION, ...subject, result: plainReplication(result) }));
}

/** @throws Error for bytes that are no row of this version */
export async function unpackRow(bytes: Buffer): Promise<Row> {
  const { engine, result, ...subject } = rowSchema.parse(JSON.parse(await unpack(bytes)));
  if (engine !== ENGINE_VERSION) throw new Error(otherVersion(engine));
  const parsed = parseReplicationResult(result);
  if (parsed.replication !== subject.replication) throw new Error('a row has the number of another replication');
  return { ...subject, result: parsed };
}

/** How a row is called on the broker: the same replication, and the same batch of one, always has the same name. */
export function rowName({ input, replication, batch }: RowSubject): string {
  return batch === undefined ? `${input}:${replication}` : `${input}:${replication}:${batch}`;
}

function otherVersion(engine: string): string {
  return `it is of version ${engine}, and this is version ${ENGINE_VERSION}`;
}

const zip = promisify(gzip);
const unzip = promisify(gunzip);

function pack(text: string): Promise<Buffer> {
  return zip(text, { level: 6 });
}

async function unpack(bytes: Buffer): Promise<string> {
  const buffer = await unzip(bytes, { maxOutputLength: LARGEST_UNPACKED });
  return buffer.toString('utf8');
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
