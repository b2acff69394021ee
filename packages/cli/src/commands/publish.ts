import { resolve } from 'node:path';
import { findPackages, jsonText, packageAt, projectAround, ProjectError, publishPoints } from '@pathway/compiler';
import { publishText } from '../print/hub-text.js';
import type { Context } from '../shell/context.js';
import { EXIT } from '../shell/exit-code.js';

export interface PublishOptions {
  readonly check?: boolean;
  readonly format: 'text' | 'json';
}

/** `pathway publish --check`: what a package has and lacks to be useful to others; 1 where something demanded is lacking. */
export async function publish(path: string | undefined, options: PublishOptions, context: Context): Promise<number> {
  if (options.check !== true)
    throw new ProjectError(
      'Pathway publishes nothing itself; it says whether a package is ready.',
      'Ask with `pathway publish --check`, then publish with `npm publish`, or share the folder.',
    );
  const folder = resolve(context.io.cwd, path ?? '.');
  const project = await projectAround(resolve(folder, 'index.pathway'));
  const one = await packageAt(project, folder, path ?? '.');
  const { packages } = await findPackages(project);
  const points = await publishPoints(one, new Map(packages.map((each) => [each.manifest.name, each] as const)));
  const lacking = points.filter(({ there, demanded }) => !there && demanded);
  if (options.format === 'json') context.print(jsonText(points));
  else context.print(publishText(one.manifest, points, context.outColours));
  return lacking.length > 0 ? EXIT.found : EXIT.ok;
}
