import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Bundles the pool of replications and its worker into a folder, as they come to users; the address of the pool. */
export async function bundlePool(folder: string): Promise<string> {
  const source = (place: string): string => fileURLToPath(new URL(place, import.meta.url));
  await build({
    entryPoints: [source('../../src/host/replication-pool.ts'), source('../../src/host/replications.worker.ts')],
    outdir: folder,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    alias: {
      '@pathway/model': source('../../../model/src/index.ts'),
      '@pathway/simulation': source('../../../simulation/src/index.ts'),
    },
  });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  return pathToFileURL(join(folder, 'replication-pool.js')).href;
}
