// Makes parts of a bundle that Node need not compile again each time the command starts. What V8 has compiled of a text
// can be kept for scripts but not for modules, so that the modules of a bundle become scripts, with a small loader.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { writtenOut } from './constants.mjs';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * Makes scripts of the modules of a bundle, in their place.
 * @param folder where they are, and nothing else; modules in it that are no chunks keep their names as small modules
 * that load their scripts, so that they are imported and started as before
 * @param entries what each of those modules exports, by its name
 * @param busy names of those whose speed counts: their constants are written out
 */
export async function asScripts(folder, entries, busy = []) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const script = file.replace(/\.js$/, '.cjs');
    const source = readFileSync(join(folder, file), 'utf8');
    const { code } = await transform(busy.includes(file) ? await writtenOut(source) : source, {
      format: 'cjs',
      // What Node's own modules get from CommonJS packages is what they get.
      sourcefile: file.replace(/\.js$/, '.mjs'),
      platform: 'node',
      target: 'node20',
      minifyWhitespace: true,
      define: { 'import.meta.url': '__address' },
      logOverride: { 'empty-import-meta': 'silent' },
    });
    const text = code
      .replace(/\bimport\("\.\/([\w.-]+)\.js"\)/g, 'Promise.resolve().then(()=>require("./$1.cjs"))')
      .replace(/\brequire\("\.\/([\w.-]+)\.js"\)/g, 'require("./$1.cjs")')
      .replace(/([^\w$."'`])import\(/g, '$1__bring(');
    writeFileSync(join(folder, script), `(function(module,exports,require,__bring,__address){${text}\n})`);
    rmSync(join(folder, file));
    if (file.startsWith('chunk-')) continue;
    const names = entries[file];
    const head = names === undefined ? '' : `export const { ${names.join(', ')} } = `;
    writeFileSync(join(folder, file), `import { load } from './load.js';\n${head}load('${script}');\n`);
  }
  copyFileSync(here('load.mjs'), join(folder, 'load.js'));
}

/** Keeps what Node compiles while the command runs with each of the arguments, one call after the other in one process. */
export function keepCompiled(folder, calls, cwd) {
  execFileSync(process.execPath, [here('warm.mjs'), folder, JSON.stringify(calls)], {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
