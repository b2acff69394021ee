import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { bench } from 'vitest';
import { writtenOut } from '../../../.ci/kept/constants.mjs';
import type * as Measurements from './measurements.js';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** A module and what it imports as users run the engine, in a bundle: the test runner's way of importing costs half the speed. */
async function bundled(name: string, folder: string): Promise<string> {
  const result = await build({
    entryPoints: [join(FOLDER, `${name}.ts`)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    minifySyntax: true,
    alias: { '@pathway/model': fileURLToPath(new URL('../../model/src/index.ts', import.meta.url)) },
  });
  const program = join(folder, `${name}.mjs`);
  await writeFile(program, await writtenOut(result.outputFiles[0]?.text ?? ''));
  return program;
}

async function measurements(folder: string): Promise<string[]> {
  const load = async (name: string): Promise<unknown> =>
    import(/* @vite-ignore */ pathToFileURL(await bundled(name, folder)).href);
  const { measure, crisisRatios, batchRatios, agreement } = (await load('measurements')) as typeof Measurements;
  const speeds = await measure(FOLDER, await bundled('engine-process', folder));
  return [...speeds, ...crisisRatios(), ...batchRatios(), ...agreement(FOLDER)];
}

let done = false;

bench(
  'events per CPU second beside other engines, and whether they agree',
  async () => {
    if (done) return;
    done = true;
    const folder = await mkdtemp(join(tmpdir(), 'bench-'));
    try {
      console.log((await measurements(folder)).join('\n'));
    } finally {
      await rm(folder, { recursive: true });
    }
  },
  { iterations: 1, warmupIterations: 0, time: 0, warmupTime: 0 },
);
