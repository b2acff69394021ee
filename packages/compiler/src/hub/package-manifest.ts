import * as z from 'zod';
import { ProjectError } from '../project-error.js';

/** The keyword by which packages of pathways are known among all npm packages. */
export const PACKAGE_KEYWORD = 'pathway-package';

const NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

const oneLine = z
  .string()
  .max(1000)
  .regex(/^[^\p{Cc}]*$/u, 'must be one line');

/** What is read of a `package.json`; npm knows more, which does not matter here. */
const manifestSchema = z.object({
  name: z.string().max(214).regex(NAME, 'must be the name of an npm package, like `@region/heat`'),
  version: z.string().max(256).regex(VERSION, 'must be a version, like `1.0.0`'),
  license: oneLine.min(1).optional(),
  description: oneLine.optional(),
  homepage: oneLine.optional(),
  private: z.boolean().optional(),
  keywords: z.array(oneLine).max(200).optional(),
  scripts: z.record(z.string(), z.string()).optional(),
  dependencies: z.record(z.string().regex(NAME, 'must be the name of an npm package'), oneLine).optional(),
});

export type PackageManifest = z.infer<typeof manifestSchema>;

/**
 * Reads the manifest of a package.
 * @param shown how messages name it
 * @throws ProjectError that names each member that cannot be used
 */
export function parseManifest(text: string, shown: string): PackageManifest {
  const advice = 'It is the `package.json` that npm knows: https://docs.npmjs.com/cli/configuring-npm/package-json.';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProjectError(`${shown} is not valid JSON.`, advice);
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `\`${path.map(String).join('.')}\`: ${message}`);
  throw new ProjectError(`${shown} cannot be used: ${problems.slice(0, 5).join('; ')}.`, advice);
}
