import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { asScripts } from '../../../.ci/kept/keep.mjs';
import { packedHere } from '../../../.ci/packed-here.mjs';
import type { Outcome } from './run-cli.js';

const PACKAGES = fileURLToPath(new URL('../../', import.meta.url));

/** The command as users run it: bundled with its workers, and started as a process of its own. */
export interface BundledCommand {
  /** The program that Node runs. */
  readonly main: string;
  start(args: readonly string[], cwd: string, env?: Readonly<Record<string, string>>): ChildProcessWithoutNullStreams;
  run(args: readonly string[], cwd: string): Promise<Outcome>;
  remove(): void;
}

/** Bundles the sources in the way `.ci/bundle.mjs` bundles what was compiled, so that tests need no build. */
export async function bundleCommand(): Promise<BundledCommand> {
  const folder = mkdtempSync(join(tmpdir(), 'pathway-bundle-'));
  await build({
    entryPoints: [join(PACKAGES, 'cli/src/main.ts'), ...workers()],
    outdir: folder,
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    external: ['@resvg/resvg-js', 'highs', 'msgpackr-extract'],
    target: 'node20',
    logLevel: 'error',
    plugins: [
      packedHere,
      {
        name: 'sources',
        setup(bundling) {
          bundling.onResolve({ filter: /^@pathway\/[a-z-]+$/ }, ({ path }) => ({
            path: join(PACKAGES, path.slice('@pathway/'.length), 'src/index.ts'),
          }));
        },
      },
    ],
  });
  await asScripts(folder, { 'main.js': ['run'] });
  // Fonts and native code are not in the bundle: as in an installation, they are in packages that stand beside it.
  symlinkSync(join(PACKAGES, '../node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const main = join(folder, 'pathway.js');
  writeFileSync(main, "import { run } from './main.js';\nprocess.exitCode = await run(process.argv.slice(2));\n");
  const start: BundledCommand['start'] = (args, cwd, env = {}) =>
    spawn(process.execPath, [main, ...args], { cwd, env: { ...process.env, ...env } });
  return {
    main,
    start,
    run: (args, cwd) => outcomeOf(start(args, cwd)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Waits for a process to end and gathers what it wrote. */
export function outcomeOf(child: ChildProcessWithoutNullStreams): Promise<Outcome> {
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? -1, out, err }));
  });
}

function workers(): string[] {
  return readdirSync(PACKAGES).flatMap((name) => {
    const sources = join(PACKAGES, name, 'src');
    if (!existsSync(sources)) return [];
    return readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.worker.ts'))
      .map((file) => join(sources, file));
  });
}
