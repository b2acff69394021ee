import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { Emitter } from '../emitters/emitter.js';
import { adoptEmitter } from '../emitters/emitter.js';
import { ProjectError } from '../project-error.js';
import { CONFIG_FILE, staysInside } from '../project/config.js';
import type { Project } from '../project/project.js';
import { findPackageFolder } from './project-reader.js';
import { systemReason } from './text-files.js';

type ExportTarget = string | { readonly [condition: string]: ExportTarget };

const exportTarget: z.ZodType<ExportTarget> = z.lazy(() => z.union([z.string(), z.record(z.string(), exportTarget)]));

const packageSchema = z.object({ main: z.string().optional(), exports: exportTarget.optional() });

/**
 * The emitters that npm packages named in the configuration bring. Only a build loads them: reading or checking a
 * pathway never runs anybody's code.
 * @throws ProjectError for a package that is not installed, cannot be loaded, or exports no emitters
 */
export async function loadPlugins(project: Project): Promise<readonly Emitter[]> {
  const found: Emitter[] = [];
  for (const name of project.config.emitters ?? []) {
    const folder = await findPackageFolder(project.root, name);
    if (folder === undefined)
      throw new ProjectError(
        `The package ${name}, named in \`emitters\` of ${CONFIG_FILE}, is not installed.`,
        `Install it in the project: npm install ${name}`,
      );
    found.push(...emittersOf(name, await loadModule(name, folder)));
  }
  return found;
}

async function loadModule(name: string, folder: string): Promise<unknown> {
  const advice = 'Install another version of the package, or tell those who made it.';
  let main: string;
  try {
    main = mainFile(packageSchema.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))));
  } catch (error) {
    throw new ProjectError(`The package.json of ${name} cannot be used: ${systemReason(error)}.`, advice);
  }
  if (!staysInside(main)) throw new ProjectError(`The package ${name} names a main file outside itself.`, advice);
  try {
    const module: unknown = await import(pathToFileURL(join(folder, ...main.split('/'))).href);
    return module;
  } catch (error) {
    throw new ProjectError(`The package ${name} cannot be loaded: ${systemReason(error)}.`, advice);
  }
}

function mainFile({ exports, main }: z.infer<typeof packageSchema>): string {
  const root = typeof exports === 'object' && '.' in exports ? exports['.'] : exports;
  return (conditional(root) ?? main ?? 'index.js').replace(/^\.\//, '');
}

function conditional(target: ExportTarget | undefined): string | undefined {
  if (target === undefined || typeof target === 'string') return target;
  for (const condition of ['node', 'import', 'default']) {
    const found = conditional(target[condition]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function emittersOf(name: string, module: unknown): readonly Emitter[] {
  const exported = typeof module === 'object' && module !== null && 'emitters' in module ? module.emitters : undefined;
  if (!Array.isArray(exported) || exported.length === 0)
    throw new ProjectError(
      `The package ${name} exports no emitters.`,
      'A package of emitters exports a list: export const emitters = [{ name, describes, options, emit }].',
    );
  return exported.map((value: unknown, index) => adoptEmitter(value, `${name}, emitters[${index}]`));
}
