import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bench } from 'vitest';

/** The measurement as users run the engine, from a bundle: the test runner's way of importing costs half the speed. */
async function bundled(): Promise<{ measure: () => string[] }> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('./measure.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    alias: { '@pathway/model': fileURLToPath(new URL('../../model/src/index.ts', import.meta.url)) },
  });
  const source = Buffer.from(result.outputFiles[0]?.contents ?? []).toString('base64');
  return (await import(/* @vite-ignore */ `data:text/javascript;base64,${source}`)) as { measure: () => string[] };
}

let done = false;

bench(
  'events per CPU second, beside a loop written by hand',
  async () => {
    if (done) return;
    done = true;
    const { measure } = await bundled();
    console.log(measure().join('\n'));
  },
  { iterations: 1, warmupIterations: 0, time: 0, warmupTime: 0 },
);
