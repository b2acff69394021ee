import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bench } from 'vitest';
import { writtenOut } from '../../../.ci/kept/constants.mjs';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

interface Measurements {
  readonly measure: (folder: string) => string[];
  readonly agreement: (folder: string) => string[];
  readonly crisisRatios: () => string[];
  readonly batchRatios: () => string[];
}

/** The measurements as users run the engine, from a bundle: the test runner's way of importing costs half the speed. */
async function bundled(): Promise<Measurements> {
  const result = await build({
    stdin: {
      contents: ['measure', 'agreement', 'crises', 'batches'].map((name) => `export * from './${name}.ts';`).join('\n'),
      resolveDir: FOLDER,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    minifySyntax: true,
    alias: { '@pathway/model': fileURLToPath(new URL('../../model/src/index.ts', import.meta.url)) },
  });
  const source = Buffer.from(await writtenOut(result.outputFiles[0]?.text ?? '')).toString('base64');
  return (await import(/* @vite-ignore */ `data:text/javascript;base64,${source}`)) as Measurements;
}

let done = false;

bench(
  'events per CPU second beside other engines, and whether they agree',
  async () => {
    if (done) return;
    done = true;
    const { measure, agreement, crisisRatios, batchRatios } = await bundled();
    console.log([...measure(FOLDER), ...crisisRatios(), ...batchRatios(), ...agreement(FOLDER)].join('\n'));
  },
  { iterations: 1, warmupIterations: 0, time: 0, warmupTime: 0 },
);
