import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { outcomeOf } from './bundled.js';
import type { Outcome } from './run-cli.js';

/** A comment as the forge holds it. */
interface HeldComment {
  readonly id: number;
  body: string;
}

/** A forge on this machine: it keeps comments of one request, and says what was asked of it. */
export interface FakeForge {
  readonly address: string;
  readonly comments: HeldComment[];
  /** `POST /repos/…`, in order; lists are not among them. */
  readonly written: string[];
  /** What it answers to whoever wants to write, instead of doing it. */
  refuses?: number;
}

/** Starts a forge that speaks as GitHub and GitLab do about comments; it ends with the test. */
export async function fakeForge(): Promise<FakeForge> {
  const comments: HeldComment[] = [];
  const written: string[] = [];
  const state: { refuses?: number } = {};
  const replyTo = (request: IncomingMessage, text: string): { readonly status: number; readonly content: unknown } => {
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '/', 'http://forge');
    if (headers.authorization !== 'Bearer secret' && headers['private-token'] !== 'secret')
      return { status: 401, content: {} };
    if (method === 'GET') {
      const page = Number(url.searchParams.get('page'));
      const size = Number(url.searchParams.get('per_page'));
      return { status: 200, content: comments.slice((page - 1) * size, page * size) };
    }
    if (state.refuses !== undefined) return { status: state.refuses, content: { message: 'no' } };
    written.push(`${method} ${url.pathname}`);
    const { body } = z.object({ body: z.string() }).parse(JSON.parse(text));
    if (method === 'POST') {
      comments.push({ id: comments.length + 1, body });
      return { status: 201, content: comments.at(-1) };
    }
    const id = Number(url.pathname.split('/').at(-1));
    const found = comments.find((each) => each.id === id);
    if (found === undefined) return { status: 404, content: {} };
    found.body = body;
    return { status: 200, content: found };
  };
  const server: Server = createServer((request, answer) => {
    void textOf(request).then((text) => {
      const { status, content } = replyTo(request, text);
      answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, { address: `http://127.0.0.1:${port}`, comments, written });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += String(part);
  return text;
}

/** Runs a script as a pipeline does, in a folder, with this environment and nothing of this machine's pipelines. */
export function runScript(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  shell: readonly string[] = ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c'],
): Promise<Outcome> {
  const [program = 'bash', ...args] = shell;
  const own = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(CI|GITHUB|GITLAB|PATHWAY)/.test(name)),
  );
  return outcomeOf(spawn(program, [...args, script], { cwd, env: { ...own, ...env } }));
}

const actionSchema = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.object({ value: z.string() })),
  runs: z.object({
    using: z.literal('composite'),
    steps: z.array(
      z.object({
        id: z.string().optional(),
        name: z.string(),
        if: z.string().optional(),
        uses: z.string().optional(),
        with: z.record(z.string(), z.string()).optional(),
        shell: z.literal('bash').optional(),
        env: z.record(z.string(), z.string()).optional(),
        run: z.string().optional(),
      }),
    ),
  }),
});

/** A GitHub action of steps, as its file says. */
export function readAction(path: URL): z.infer<typeof actionSchema> {
  return actionSchema.parse(parse(readFileSync(path, 'utf8')));
}

/** What a run of an action did. */
export interface ActionRun {
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The first step that failed; what follows is not run. */
  readonly failed: string | undefined;
}

/**
 * Runs the steps of an action one after the other, as a runner of GitHub does: expressions, conditions, the environment
 * of each step, and outputs that go through files. Actions of others that it uses are passed over.
 */
export async function runAction(
  { inputs, outputs, runs: { steps } }: z.infer<typeof actionSchema>,
  cwd: string,
  given: { readonly inputs: Readonly<Record<string, string>>; readonly github: Readonly<Record<string, string>> },
  env: Readonly<Record<string, string>>,
): Promise<ActionRun> {
  const runner = join(cwd, '.git', 'runner');
  mkdirSync(runner, { recursive: true });
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(given.github)) values.set(`github.${name}`, value);
  for (const [name, { default: usual }] of Object.entries(inputs))
    values.set(`inputs.${name}`, given.inputs[name] ?? filled(usual, values));
  const outcomes = new Map<string, Outcome>();
  const summary = join(runner, 'summary');
  writeFileSync(summary, '');
  let failed: string | undefined;
  for (const step of steps) {
    if (step.run === undefined || (step.if !== undefined && !isTrue(step.if, values))) continue;
    const output = join(runner, 'output');
    writeFileSync(output, '');
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value, values)] as const);
    const outcome = await runScript(step.run, cwd, {
      ...env,
      RUNNER_TEMP: runner,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(own),
    });
    outcomes.set(step.id ?? step.name, outcome);
    for (const line of readFileSync(output, 'utf8')
      .split('\n')
      .filter((each) => each.includes('=')))
      values.set(
        `steps.${step.id ?? ''}.outputs.${line.slice(0, line.indexOf('='))}`,
        line.slice(line.indexOf('=') + 1),
      );
    if (outcome.exitCode !== 0) {
      failed = step.name;
      break;
    }
  }
  const made = Object.entries(outputs).map(([name, { value }]) => [name, filled(value, values)] as const);
  return { outcomes, outputs: Object.fromEntries(made), summary: readFileSync(summary, 'utf8'), failed };
}

function filled(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values.get(name) ?? '');
}

/** Comparisons with a text, joined by `&&`. */
function isTrue(condition: string, values: ReadonlyMap<string, string>): boolean {
  return condition.split(' && ').every((part) => {
    const [, name = '', operator, text = ''] = /^([\w.-]+) (==|!=) '(.*)'$/.exec(part) ?? [];
    if (operator === undefined) throw new RangeError(`this condition is not understood: ${part}`);
    return ((values.get(name) ?? '') === text) === (operator === '==');
  });
}
