import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { runCli, temporaryFolder } from './run-cli.js';

const callSchema = z.object({ args: z.array(z.string()), cwd: z.string(), env: z.record(z.string(), z.string()) });

/** Commands that would start threads, which run what is compiled and not the sources. */
const SIMULATES: ReadonlySet<string> = new Set(['test', 'report', 'diff']);

const CLIENT = `
const [address, ...args] = process.argv.slice(2);
const body = JSON.stringify({ args, cwd: process.cwd(), env: process.env });
const answer = await (await fetch(address, { method: 'POST', body })).json();
process.stdout.write(answer.out);
process.stderr.write(answer.err);
process.exitCode = answer.exitCode;
`;

/**
 * The command for programs that start it: a process of its own that passes what it is asked to this one, where everything
 * is loaded already. Programs must be started without blocking this process. That the command also starts by itself is
 * shown by the tests of the bundle.
 * @returns how a shell calls it
 */
export async function residentCommand(): Promise<string> {
  const server = createServer((request, answer) => {
    void (async () => {
      let text = '';
      for await (const part of request.setEncoding('utf8')) text += String(part);
      const { args, cwd, env } = callSchema.parse(JSON.parse(text));
      const more = SIMULATES.has(args[0] ?? '') ? ['--workers', '1'] : [];
      answer.end(JSON.stringify(await runCli([...args, ...more], { cwd, env })));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const client = join(temporaryFolder({ 'client.mjs': CLIENT }), 'client.mjs');
  return `${process.execPath} ${client} http://127.0.0.1:${port}`;
}
