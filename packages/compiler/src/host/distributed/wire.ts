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
export const WIRE_VERSION = 1;

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
  result: z.unknown(),
});

/** A replication's result and what it belongs to. */
export interface Row {
  readonly input: string;
  readonly replication: number;
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

export async function packRow(input: string, result: ReplicationResult): Promise<Buffer> {
  const { replication } = result;
  return pack(JSON.stringify({ engine: ENGINE_VERSION, input, replication, result: plainReplication(result) }));
}

/** @throws Error for bytes that are no row of this version */
export async function unpackRow(bytes: Buffer): Promise<Row> {
  const { engine, input, replication, result } = rowSchema.parse(JSON.parse(await unpack(bytes)));
  if (engine !== ENGINE_VERSION) throw new Error(otherVersion(engine));
  const parsed = parseReplicationResult(result);
  if (parsed.replication !== replication) throw new Error('a row has the number of another replication');
  return { input, replication, result: parsed };
}

/** How a row is called on the broker: the same replication always has the same name. */
export function rowName(input: string, replication: number): string {
  return `${input}:${replication}`;
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
