import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bench } from 'vitest';

const source = (place: string): string => fileURLToPath(new URL(place, import.meta.url));

/** What the programs `length` and `region` print, each a process of its own, as the most memory that was taken is that of a process. */
async function printed(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'memory-'));
  try {
    await build({
      entryPoints: [source('length.ts'), source('region.ts')],
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      alias: { '@pathway/model': source('../../model/src/index.ts') },
    });
    const run = (...values: readonly string[]): string => execFileSync(process.execPath, values, { encoding: 'utf8' });
    const lengths = ['125', '500', '2000'].map((days) => run(join(folder, 'length.mjs'), days));
    return [...lengths, run(join(folder, 'region.mjs'))].join('');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

let done = false;

bench(
  'memory of runs that are 1, 4 and 16 times as long, and of a region',
  async () => {
    if (done) return;
    done = true;
    console.log(await printed());
  },
  { iterations: 1, warmupIterations: 0, time: 0, warmupTime: 0 },
);
